// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts who uses a thing, and tells when the last one let go after it was closed for new users. Lock-free. */
final class Leases {
    private static final long CLOSED = 1L << 62;

    private final AtomicLong state = new AtomicLong();
    private final CountDownLatch drained = new CountDownLatch(1);
    private final Runnable whenDrained;

    /** @param whenDrained runs once, on the thread that closes or releases last; quick */
    Leases(Runnable whenDrained) {
        this.whenDrained = whenDrained;
    }

    /** Takes a lease unless closed. */
    boolean tryAcquire() {
        long now = state.get();
        while ((now & CLOSED) == 0) {
            if (state.compareAndSet(now, now + 1)) {
                return true;
            }
            now = state.get();
        }
        return false;
    }

    void release() {
        if (state.decrementAndGet() == CLOSED) {
            finish();
        }
    }

    /** Gives no more leases. Idempotent. */
    void close() {
        if (state.getAndUpdate(now -> now | CLOSED) == 0) {
            finish();
        }
    }

    private void finish() {
        whenDrained.run();
        drained.countDown();
    }

    /** Waits for the last lease of a closed thing. */
    boolean awaitDrained(Duration limit) {
        try {
            return drained.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
