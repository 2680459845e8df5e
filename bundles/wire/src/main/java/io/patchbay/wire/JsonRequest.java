// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The request of a method whose payload is JSON (contract 2.5, 2.6).
 *
 * @param value JSON in UTF-8, not copied, not null
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
public record JsonRequest(byte[] value) {
    /** Checks the components. */
    public JsonRequest {
        Objects.requireNonNull(value, "value");
    }

    /** Reads the message to the end of the reader's window. */
    public static JsonRequest decode(FieldReader in) throws MalformedMessageException {
        byte[] value = new byte[0];
        for (int field; (field = in.nextField("failed to decode host service JSON request tag")) != 0; ) {
            switch (field) {
                case 1 -> value = in.readBytes("failed to decode host service JSON request value");
                default -> in.skip("failed to skip unknown host service JSON request field");
            }
        }
        return new JsonRequest(value);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.bytes(1, value);
    }
}
