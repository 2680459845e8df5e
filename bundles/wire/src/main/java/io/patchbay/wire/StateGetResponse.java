// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The response of {@code state.get} (contract 2.5).
 *
 * @param value never trimmed, not null
 * @param found whether the key is there
 */
public record StateGetResponse(String value, boolean found) {
    /** Checks the components. */
    public StateGetResponse {
        Objects.requireNonNull(value, "value");
    }

    /** Reads the message to the end of the reader's window. */
    public static StateGetResponse decode(FieldReader in) throws MalformedMessageException {
        String value = "";
        boolean found = false;
        for (int field; (field = in.nextField("failed to decode state get response tag")) != 0; ) {
            switch (field) {
                case 1 -> value = in.readString("failed to decode state get value");
                case 2 -> found = in.readBool("failed to decode state get found");
                default -> in.skip("failed to skip unknown state get response field");
            }
        }
        return new StateGetResponse(value, found);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.string(1, value).bool(2, found);
    }
}
