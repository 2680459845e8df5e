// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Names executions and incidents, each once on this node: a random mark of this start, then a number. Thread-safe. */
public final class ExecutionIds {
    private static final int RADIX = 36;
    private static final long MARKS = 36L * 36 * 36 * 36 * 36 * 36;

    private final String mark;
    private final AtomicLong last = new AtomicLong();

    /** Starts a new series. */
    public ExecutionIds() {
        String digits = Long.toString(new SecureRandom().nextLong(MARKS), RADIX);
        mark = "0".repeat(6 - digits.length()) + digits.toLowerCase(Locale.ROOT) + "-";
    }

    /**
     * Takes the next name.
     *
     * @return lower-case letters, digits and one dash, never null
     */
    public String next() {
        return mark + Long.toString(last.incrementAndGet(), RADIX);
    }
}
