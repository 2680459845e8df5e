// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.provider.ProviderException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How a test provider behaves: answers, waits inside each call until it is let go, or throws. Thread-safe. */
final class Script {
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Semaphore entered = new Semaphore(0);
    private final AtomicInteger calls = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean failing;

    CompletableFuture<Void> ready() {
        return ready;
    }

    int calls() {
        return calls.get();
    }

    /** From now on each call waits until {@link #release}. */
    void hold() {
        entered.drainPermits();
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    void fail(boolean value) {
        failing = value;
    }

    /** Waits until a call is inside the provider. */
    boolean awaitEntered(long millis) throws InterruptedException {
        return entered.tryAcquire(millis, TimeUnit.MILLISECONDS);
    }

    /** What each call of a provider does first. */
    void play() {
        calls.incrementAndGet();
        entered.release();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException("interrupted", e);
        }
        if (failing) {
            throw new ProviderException("/secret/path of a failing test provider");
        }
    }
}
