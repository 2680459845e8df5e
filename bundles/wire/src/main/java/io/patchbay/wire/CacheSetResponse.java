// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.util.Objects;
import java.util.Optional;

/**
 * The response of {@code cache.set} (contract 9.2).
 *
 * @param value the entry, if any
 */
public record CacheSetResponse(Optional<CacheValue> value) {
    /** Checks the components. */
    public CacheSetResponse {
        Objects.requireNonNull(value, "value");
    }

    /** Reads the message to the end of the reader's window. */
    public static CacheSetResponse decode(FieldReader in) throws MalformedMessageException {
        Optional<CacheValue> value = Optional.empty();
        for (int field; (field = in.nextField("failed to decode cache set response tag")) != 0; ) {
            switch (field) {
                case 1 -> {
                    int mark = in.enter("failed to decode cache set response value");
                    value = Optional.of(CacheValue.decode(in));
                    in.leave(mark);
                }
                default -> in.skip("failed to skip unknown cache set response field");
            }
        }
        return new CacheSetResponse(value);
    }

    /** Writes the message. */
    public void encode(FieldWriter out) {
        value.ifPresent(entry -> {
            int mark = out.begin(1);
            entry.encode(out);
            out.end(mark);
        });
    }
}
