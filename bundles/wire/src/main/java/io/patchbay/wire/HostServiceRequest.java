// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Arrays;
import java.util.Objects;

/**
 * The request of a host call (contract 2.4) as a record, for those who write one; the host reads it with
 * {@link RequestEnvelope}.
 *
 * @param service untrimmed after decoding, not null
 * @param method untrimmed after decoding, not null
 * @param resourceRef untrimmed after decoding, not null
 * @param table untrimmed after decoding, not null
 * @param payload not copied, not null
 * @param owner untrimmed after decoding, not null
 * @param version untrimmed after decoding, not null
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
public record HostServiceRequest(
        String service, String method, String resourceRef, String table, byte[] payload, String owner, String version) {
    /** Checks the components. */
    public HostServiceRequest {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(resourceRef, "resourceRef");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(version, "version");
    }

    /** Reads the message to the end of the reader's window. */
    public static HostServiceRequest decode(FieldReader in) throws MalformedMessageException {
        RequestEnvelope envelope = new RequestEnvelope();
        envelope.decode(in.buffer(), in.position(), in.remaining());
        Span payload = envelope.payload();
        int start = payload.offset();
        return new HostServiceRequest(
                envelope.service().text(),
                envelope.method().text(),
                envelope.resourceRef().text(),
                envelope.table().text(),
                Arrays.copyOfRange(payload.buffer(), start, start + payload.length()),
                envelope.owner().text(),
                envelope.version().text());
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.trimmed(1, service).trimmed(2, method).trimmed(3, resourceRef).trimmed(4, table);
        out.bytes(5, payload).trimmed(6, owner).trimmed(7, version);
    }
}
