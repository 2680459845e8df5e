// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does several things at once, each on a thread of its own and a random moment later than the others. */
final class Together {
    private static final int LONGEST_DELAY_MILLIS = 20;
    private static final long HANGS_SECONDS = 60;

    private final SplittableRandom random;

    Together(SplittableRandom random) {
        this.random = random;
    }

    /** Something to do. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /**
     * Does all, and returns when all is done.
     *
     * @throws AssertionError with a dump of all threads when one of them hangs
     */
    void run(Action... actions) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CountDownLatch begin = new CountDownLatch(1);
            List<Future<?>> running = new ArrayList<>();
            for (Action action : actions) {
                int delay = random.nextInt(LONGEST_DELAY_MILLIS + 1);
                running.add(threads.submit(() -> {
                    begin.await();
                    // When each begins is what is random here, so this waits on purpose.
                    new CountDownLatch(1).await(delay, TimeUnit.MILLISECONDS);
                    action.run();
                    return null;
                }));
            }
            begin.countDown();
            for (Future<?> each : running) {
                each.get(HANGS_SECONDS, TimeUnit.SECONDS);
            }
        } catch (TimeoutException e) {
            throw new AssertionError("something hangs for " + HANGS_SECONDS + " s" + Callers.threadDump(), e);
        } finally {
            threads.shutdownNow();
        }
    }
}
