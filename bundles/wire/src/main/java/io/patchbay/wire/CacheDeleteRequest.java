// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The request of {@code cache.delete} (contract 9.2).
 *
 * @param key not null
 */
public record CacheDeleteRequest(String key) {
    /** Checks the components. */
    public CacheDeleteRequest {
        Objects.requireNonNull(key, "key");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheDeleteRequest decode(FieldReader in) throws MalformedMessageException {
        String key = "";
        for (int field; (field = in.nextField("failed to decode cache delete request tag")) != 0; ) {
            switch (field) {
                case 1 -> key = in.readString("failed to decode cache delete request key");
                default -> in.skip("failed to skip unknown cache delete request field");
            }
        }
        return new CacheDeleteRequest(key);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.string(1, key);
    }
}
