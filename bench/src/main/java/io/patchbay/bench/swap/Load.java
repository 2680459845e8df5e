// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Callers that call all the time, and what they saw. */
final class Load implements AutoCloseable {
    /** How many calls each stretch between two swaps sees at least. */
    private static final int CALLS = 20;

    private static final long LIMIT_SECONDS = 20;

    private final Expectation expectation;
    private final Callable<Swap.Answer> call;
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private volatile boolean ended;

    Load(Expectation expectation, Callable<Swap.Answer> call, ExecutorService callers, int count) {
        this.expectation = expectation;
        this.call = call;
        for (int i = 0; i < count; i++) {
            running.add(callers.submit(this::callAllTheTime));
        }
    }

    private Object callAllTheTime() throws Exception {
        while (!ended) {
            Expectation.Moment moment = expectation.now();
            Swap.Answer answer = call.call();
            calls.incrementAndGet();
            if (!answer.ok()) {
                failed.incrementAndGet();
            } else if (moment == expectation.now() && moment.isBrokenBy(answer.text())) {
                stale.incrementAndGet();
            }
        }
        return ended;
    }

    /** Waits for some more calls. */
    void awaitCalls() {
        long wanted = calls.get() + CALLS;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (calls.get() < wanted) {
            if (System.nanoTime() - end > 0 || running.stream().anyMatch(Future::isDone)) {
                throw new AssertionError("the callers do not go on");
            }
            Thread.onSpinWait();
        }
    }

    /** Ends the callers; throws what one of them threw. */
    void end() throws Exception {
        ended = true;
        for (Future<?> caller : running) {
            caller.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    long calls() {
        return calls.get();
    }

    long failed() {
        return failed.get();
    }

    long stale() {
        return stale.get();
    }

    @Override
    public void close() {
        ended = true;
    }
}
