// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The request of {@code cache.get} (contract 9.2).
 *
 * @param key not null
 */
public record CacheGetRequest(String key) {
    /** Checks the components. */
    public CacheGetRequest {
        Objects.requireNonNull(key, "key");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheGetRequest decode(FieldReader in) throws MalformedMessageException {
        String key = "";
        for (int field; (field = in.nextField("failed to decode cache get request tag")) != 0; ) {
            switch (field) {
                case 1 -> key = in.readString("failed to decode cache get request key");
                default -> in.skip("failed to skip unknown cache get request field");
            }
        }
        return new CacheGetRequest(key);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.string(1, key);
    }
}
