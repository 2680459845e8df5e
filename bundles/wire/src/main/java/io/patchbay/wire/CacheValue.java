// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * One entry of the cache (contract 9.2).
 *
 * @param valueKind 1 for a text, 2 for a number
 * @param value not null
 * @param intValue the number
 * @param expireAt RFC 3339 with nanoseconds, UTC, not null
 */
public record CacheValue(int valueKind, String value, long intValue, String expireAt) {
    /** Checks the components. */
    public CacheValue {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expireAt, "expireAt");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheValue decode(FieldReader in) throws MalformedMessageException {
        int valueKind = 0;
        String value = "";
        long intValue = 0;
        String expireAt = "";
        for (int field; (field = in.nextField("failed to decode cache value tag")) != 0; ) {
            switch (field) {
                case 1 -> valueKind = in.readInt32("failed to decode cache value kind");
                case 2 -> value = in.readString("failed to decode cache value string");
                case 3 -> intValue = in.readInt64("failed to decode cache value intValue");
                case 4 -> expireAt = in.readString("failed to decode cache value expireAt");
                default -> in.skip("failed to skip unknown cache value field");
            }
        }
        return new CacheValue(valueKind, value, intValue, expireAt);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.int32(1, valueKind).string(2, value).int64(3, intValue).string(4, expireAt);
    }
}
