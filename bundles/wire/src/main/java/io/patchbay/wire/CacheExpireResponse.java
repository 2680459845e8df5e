// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;

/**
 * The response of {@code cache.expire} (contract 9.2).
 *
 * @param found whether the key is there
 * @param expireAt RFC 3339 with nanoseconds, UTC, not null
 */
public record CacheExpireResponse(boolean found, String expireAt) {
    /** Checks the components. */
    public CacheExpireResponse {
        Objects.requireNonNull(expireAt, "expireAt");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheExpireResponse decode(FieldReader in) throws MalformedMessageException {
        boolean found = false;
        String expireAt = "";
        for (int field; (field = in.nextField("failed to decode cache expire response tag")) != 0; ) {
            switch (field) {
                case 1 -> found = in.readBool("failed to decode cache expire response found");
                case 2 -> expireAt = in.readString("failed to decode cache expire response expireAt");
                default -> in.skip("failed to skip unknown cache expire response field");
            }
        }
        return new CacheExpireResponse(found, expireAt);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.bool(1, found).string(2, expireAt);
    }
}
