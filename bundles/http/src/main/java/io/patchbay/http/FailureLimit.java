// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Slows down whoever tries tokens: some failures at once, then one each second. While the limit holds, nobody's token is
 * looked at. Thread-safe.
 */
final class FailureLimit {
    private static final int BURST = 10;
    private static final long REFILL_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanoTime;
    private int left = BURST;
    private long since;

    FailureLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** Whether a token may be looked at now. */
    synchronized boolean open() {
        refill();
        return left > 0;
    }

    /** Counts one that was wrong. */
    synchronized void failed() {
        refill();
        left = Math.max(0, left - 1);
    }

    private void refill() {
        long now = nanoTime.getAsLong();
        long more = (now - since) / REFILL_NANOS;
        if (more > 0) {
            left = (int) Math.min(BURST, left + more);
            since += more * REFILL_NANOS;
        }
    }
}
