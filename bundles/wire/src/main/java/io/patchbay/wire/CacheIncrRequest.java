// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The request of {@code cache.incr} (contract 9.2).
 *
 * @param key not null
 * @param delta what to add
 * @param expireSeconds the time to live in seconds
 */
public record CacheIncrRequest(String key, long delta, long expireSeconds) {
    /** Checks the components. */
    public CacheIncrRequest {
        Objects.requireNonNull(key, "key");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheIncrRequest decode(FieldReader in) throws MalformedMessageException {
        String key = "";
        long delta = 0;
        long expireSeconds = 0;
        for (int field; (field = in.nextField("failed to decode cache incr request tag")) != 0; ) {
            switch (field) {
                case 1 -> key = in.readString("failed to decode cache incr request key");
                case 2 -> delta = in.readInt64("failed to decode cache incr request delta");
                case 3 -> expireSeconds = in.readInt64("failed to decode cache incr request expireSeconds");
                default -> in.skip("failed to skip unknown cache incr request field");
            }
        }
        return new CacheIncrRequest(key, delta, expireSeconds);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.string(1, key).int64(2, delta).int64(3, expireSeconds);
    }
}
