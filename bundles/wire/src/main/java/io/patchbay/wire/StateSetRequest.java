// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The request of {@code state.set} (contract 2.5).
 *
 * @param key untrimmed after decoding, not null
 * @param value never trimmed, not null
 */
public record StateSetRequest(String key, String value) {
    /** Checks the components. */
    public StateSetRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    /** Reads the message to the end of the reader's window. */
    public static StateSetRequest decode(FieldReader in) throws MalformedMessageException {
        String key = "";
        String value = "";
        for (int field; (field = in.nextField("failed to decode state set request tag")) != 0; ) {
            switch (field) {
                case 1 -> key = in.readString("failed to decode state set key");
                case 2 -> value = in.readString("failed to decode state set value");
                default -> in.skip("failed to skip unknown state set field");
            }
        }
        return new StateSetRequest(key, value);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.trimmed(1, key).string(2, value);
    }
}
