// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets log lines of one plugin through at a sustained rate with a burst, and counts the others. Thread-safe, without a
 * lock: one number says when the bucket will be full again.
 */
final class LogGate {
    /** A flood has ended when nothing was held back for this long. */
    static final long QUIET_NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final AtomicLong fullAt;
    private final AtomicLong held = new AtomicLong();
    private volatile long lastHeld;

    /** @param nanoTime as {@link System#nanoTime()} */
    LogGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        fullAt = new AtomicLong(nanoTime.getAsLong());
    }

    /** Takes one line, or counts it as held back. */
    boolean admit(int rate, int burst) {
        long interval = 1_000_000_000L / rate;
        while (true) {
            long stored = fullAt.get();
            // Never before what others have stored: against a time that has grown old, a bucket looks empty.
            long now = nanoTime.getAsLong();
            long base = stored - now > 0 ? stored : now;
            if (base - now > interval * (burst - 1L)) {
                lastHeld = now;
                held.incrementAndGet();
                return false;
            }
            if (fullAt.compareAndSet(stored, base + interval)) {
                return true;
            }
        }
    }

    /** How many lines a flood that has ended held back; 0 when there was none or it goes on. The number is given once. */
    long endedFlood() {
        if (held.get() == 0 || nanoTime.getAsLong() - lastHeld < QUIET_NANOS) {
            return 0;
        }
        return held.getAndSet(0);
    }

    /** How many lines are not summed up yet. The number is given once. */
    long takeHeld() {
        return held.getAndSet(0);
    }
}
