// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a suite's work on several threads that start together, and fails instead of hanging. */
final class Crew {
    /** How long anything in the kit may take before it counts as hanging; seconds. */
    static final long PATIENCE_SECONDS = 60;

    private Crew() {}

    /** One thread's share. */
    interface Share<T> {
        T run(int thread) throws Exception;
    }

    static <T> List<T> work(int threads, Share<T> share) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads, Crew::daemon);
        CyclicBarrier start = new CyclicBarrier(threads);
        try {
            List<Callable<T>> shares = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                shares.add(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return share.run(thread);
                });
            }
            List<Future<T>> running = shares.stream().map(pool::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(finish(result));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    static <T> T within(Callable<T> call) throws Exception {
        return work(1, thread -> call.call()).get(0);
    }

    private static <T> T finish(Future<T> result) throws Exception {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return fail("a call did not return within " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "patchbay-tck");
        thread.setDaemon(true);
        return thread;
    }
}
