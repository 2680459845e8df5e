// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.deadline;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A control: how late the machine wakes a thread that wants to run after a millisecond, without any guest. What is late here is
 * late everywhere, and says that the machine had too much else to do for a measurement in milliseconds.
 */
final class WakeUps implements AutoCloseable {
    private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Thread thread = new Thread(this::nap, "bench-wake-ups");
    private volatile long latestNanos;
    private volatile boolean ended;

    WakeUps() {
        thread.setDaemon(true);
        thread.start();
    }

    private void nap() {
        while (!ended) {
            long due = System.nanoTime() + NAP_NANOS;
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            latestNanos = Math.max(latestNanos, System.nanoTime() - due);
        }
    }

    /** The latest so far, in ms. */
    double latestMillis() {
        return latestNanos / 1e6;
    }

    @Override
    public void close() {
        ended = true;
    }
}
