// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The request of {@code cache.set} (contract 9.2).
 *
 * @param key not null
 * @param value not null
 * @param expireSeconds the time to live in seconds
 */
public record CacheSetRequest(String key, String value, long expireSeconds) {
    /** Checks the components. */
    public CacheSetRequest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheSetRequest decode(FieldReader in) throws MalformedMessageException {
        String key = "";
        String value = "";
        long expireSeconds = 0;
        for (int field; (field = in.nextField("failed to decode cache set request tag")) != 0; ) {
            switch (field) {
                case 1 -> key = in.readString("failed to decode cache set request key");
                case 2 -> value = in.readString("failed to decode cache set request value");
                case 3 -> expireSeconds = in.readInt64("failed to decode cache set request expireSeconds");
                default -> in.skip("failed to skip unknown cache set request field");
            }
        }
        return new CacheSetRequest(key, value, expireSeconds);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.string(1, key).string(2, value).int64(3, expireSeconds);
    }
}
