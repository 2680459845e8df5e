// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The response of the {@code info} methods (contract 2.5).
 *
 * @param value not null
 */
public record ValueResponse(String value) {
    /** Checks the components. */
    public ValueResponse {
        Objects.requireNonNull(value, "value");
    }

    /** Reads the message to the end of the reader's window. */
    public static ValueResponse decode(FieldReader in) throws MalformedMessageException {
        String value = "";
        for (int field; (field = in.nextField("failed to decode host service value response tag")) != 0; ) {
            switch (field) {
                case 1 -> value = in.readString("failed to decode host service value response value");
                default -> in.skip("failed to skip unknown host service value response field");
            }
        }
        return new ValueResponse(value);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.trimmed(1, value);
    }
}
