// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The request of {@code cache.expire} (contract 9.2).
 *
 * @param key not null
 * @param expireSeconds the time to live in seconds
 */
public record CacheExpireRequest(String key, long expireSeconds) {
    /** Checks the components. */
    public CacheExpireRequest {
        Objects.requireNonNull(key, "key");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheExpireRequest decode(FieldReader in) throws MalformedMessageException {
        String key = "";
        long expireSeconds = 0;
        for (int field; (field = in.nextField("failed to decode cache expire request tag")) != 0; ) {
            switch (field) {
                case 1 -> key = in.readString("failed to decode cache expire request key");
                case 2 -> expireSeconds = in.readInt64("failed to decode cache expire request expireSeconds");
                default -> in.skip("failed to skip unknown cache expire request field");
            }
        }
        return new CacheExpireRequest(key, expireSeconds);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.string(1, key).int64(2, expireSeconds);
    }
}
