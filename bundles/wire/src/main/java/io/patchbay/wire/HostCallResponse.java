// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The response of a host call (contract 2.3), for those who read one; the host writes it with {@link ResponseEnvelope}.
 *
 * @param status 0 for success
 * @param payload not copied, not null
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
public record HostCallResponse(int status, byte[] payload) {
    /** Checks the components. */
    public HostCallResponse {
        Objects.requireNonNull(payload, "payload");
    }

    /** Reads the message to the end of the reader's window. */
    public static HostCallResponse decode(FieldReader in) throws MalformedMessageException {
        int status = 0;
        byte[] payload = new byte[0];
        for (int field; (field = in.nextField("failed to decode host call response tag")) != 0; ) {
            switch (field) {
                case 1 -> status = in.readInt32("failed to decode host call response status");
                case 2 -> payload = in.readBytes("failed to decode host call response payload");
                default -> in.skip("failed to skip unknown host call response field");
            }
        }
        return new HostCallResponse(status, payload);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.uint32(1, status).bytes(2, payload);
    }
}
