// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.time.Duration;
import java.util.Optional;

/**
 * When something that failed is tried again.
 *
 * @param failures how many times it failed in a row
 * @param nextNanos not before this time
 */
record Patience(int failures, long nextNanos) {
    private static final long FIRST_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int MOST_DOUBLINGS = 6;

    /** After one more failure: a second, doubled each time, up to about a minute. */
    static Patience after(Optional<Patience> before, long nowNanos) {
        int failures = before.map(Patience::failures).orElse(0) + 1;
        return new Patience(failures, nowNanos + (FIRST_NANOS << Math.min(failures - 1, MOST_DOUBLINGS)));
    }

    boolean isOver(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }
}
