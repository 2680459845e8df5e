// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The request of {@code state.delete} (contract 2.5).
 *
 * @param key untrimmed after decoding, not null
 */
public record StateDeleteRequest(String key) {
    /** Checks the components. */
    public StateDeleteRequest {
        Objects.requireNonNull(key, "key");
    }

    /** Reads the message to the end of the reader's window. */
    public static StateDeleteRequest decode(FieldReader in) throws MalformedMessageException {
        String key = "";
        for (int field; (field = in.nextField("failed to decode state delete request tag")) != 0; ) {
            switch (field) {
                case 1 -> key = in.readString("failed to decode state delete key");
                default -> in.skip("failed to skip unknown state delete field");
            }
        }
        return new StateDeleteRequest(key);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.trimmed(1, key);
    }
}
