// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The response of a method whose payload is JSON (contract 2.5, 2.6).
 *
 * @param value JSON in UTF-8, not copied, not null
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way; nothing compares them
public record JsonResponse(byte[] value) {
    /** Checks the components. */
    public JsonResponse {
        Objects.requireNonNull(value, "value");
    }

    /** Reads the message to the end of the reader's window. */
    public static JsonResponse decode(FieldReader in) throws MalformedMessageException {
        byte[] value = new byte[0];
        for (int field; (field = in.nextField("failed to decode host service JSON response tag")) != 0; ) {
            switch (field) {
                case 1 -> value = in.readBytes("failed to decode host service JSON response value");
                default -> in.skip("failed to skip unknown host service JSON response field");
            }
        }
        return new JsonResponse(value);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.bytes(1, value);
    }
}
