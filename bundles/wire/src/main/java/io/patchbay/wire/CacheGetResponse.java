// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;
import java.util.Optional;

/**
 * The response of {@code cache.get} (contract 9.2).
 *
 * @param found whether the key is there
 * @param value the entry, if any
 */
public record CacheGetResponse(boolean found, Optional<CacheValue> value) {
    /** Checks the components. */
    public CacheGetResponse {
        Objects.requireNonNull(value, "value");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheGetResponse decode(FieldReader in) throws MalformedMessageException {
        boolean found = false;
        Optional<CacheValue> value = Optional.empty();
        for (int field; (field = in.nextField("failed to decode cache get response tag")) != 0; ) {
            switch (field) {
                case 1 -> found = in.readBool("failed to decode cache get response found");
                case 2 -> {
                    int mark = in.enter("failed to decode cache get response value");
                    value = Optional.of(CacheValue.decode(in));
                    in.leave(mark);
                }
                default -> in.skip("failed to skip unknown cache get response field");
            }
        }
        return new CacheGetResponse(found, value);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        out.bool(1, found);
        value.ifPresent(entry -> {
            int mark = out.begin(2);
            entry.encode(out);
            out.end(mark);
        });
    }
}
