// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.ProviderCall;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One provider call on its way over the provider's pool. The lease, lent to it, goes back when the provider has really
 * finished, however early the caller stopped waiting.
 *
 * @param <T> the SPI
 * @param <R> the result
 */
final class PooledCall<T, R> implements Runnable {
    private enum Phase {
        QUEUED,
        RUNNING,
        WITHDRAWN
    }

    private final Generation<T> generation;
    private final ProviderCall<? super T, R, ?> call;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.QUEUED);
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable R result;
    private @Nullable Throwable thrown;
    private boolean late;

    PooledCall(Generation<T> generation, ProviderCall<? super T, R, ?> call) {
        this.generation = generation;
        this.call = call;
    }

    @Override
    public void run() {
        if (!phase.compareAndSet(Phase.QUEUED, Phase.RUNNING)) {
            return;
        }
        long[] own = generation.adopt();
        try {
            result = call.on(generation.provider());
        } catch (Throwable t) {
            thrown = t;
        } finally {
            late = generation.giveBack(own);
            done.countDown();
        }
    }

    /** Waits for the end of the call; an interrupt of the waiting thread does not shorten it, for it is bounded. */
    boolean await(long nanos) {
        long until = System.nanoTime() + nanos;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.await(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives up a call that has not begun, and its lease; false when it runs or has run. */
    boolean withdraw() {
        if (!phase.compareAndSet(Phase.QUEUED, Phase.WITHDRAWN)) {
            return false;
        }
        generation.withdraw();
        return true;
    }

    // The three below only after await said true.

    @Nullable
    R result() {
        return result;
    }

    @Nullable
    Throwable thrown() {
        return thrown;
    }

    /** Whether the provider was let go before the call came back. */
    boolean late() {
        return late;
    }
}
