// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.state;

import java.io.Serial;

/**
 * A write that would take a scope over its quota; nothing was written (contract D7).
 *
 * <p>Carries no stack trace: it is an answer to a guest, not a fault of the host.
 */
public final class QuotaExceededException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What there would be too much of. */
    public enum Unit {
        /** Keys; param {@code unit} is {@code keys}. */
        KEYS,
        /** Bytes of keys and values; param {@code unit} is {@code bytes}. */
        BYTES;

        /**
         * The word in the error's parameters.
         *
         * @return {@code keys} or {@code bytes}
         */
        public String word() {
            return this == KEYS ? "keys" : "bytes";
        }
    }

    private final Unit unit;
    private final long limit;

    /**
     * Makes one.
     *
     * @param unit which limit, not null; keys are checked before bytes
     * @param limit the limit's value
     */
    public QuotaExceededException(Unit unit, long limit) {
        super("state quota exceeded: at most " + limit + " " + unit.word(), null, false, false);
        this.unit = unit;
        this.limit = limit;
    }

    /**
     * Which limit it was.
     *
     * @return the unit, never null
     */
    public Unit unit() {
        return unit;
    }

    /**
     * The limit's value.
     *
     * @return keys or bytes, by {@link #unit()}
     */
    public long limit() {
        return limit;
    }
}
