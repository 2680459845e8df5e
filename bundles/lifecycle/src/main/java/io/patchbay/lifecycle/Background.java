// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs what nobody waits for on daemon threads, now or later. After {@link #close} what is to run now runs on the thread that
 * asks, and what is to run later is dropped. Thread-safe.
 */
final class Background implements Executor, AutoCloseable {
    private static final int IDLE_SECONDS = 10;
    private static final ThreadFactory DAEMONS = work -> {
        Thread thread = new Thread(work, "patchbay-lifecycle");
        thread.setDaemon(true);
        return thread;
    };

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            DAEMONS,
            // A release whose last call overstayed the stop still unloads.
            (work, closed) -> work.run());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, DAEMONS, (work, closed) -> {
        // Nothing is begun any more.
    });

    Background() {
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Runs something after a while. */
    void after(Duration delay, Runnable work) {
        Future<?> unused = timer.schedule(() -> execute(work), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        timer.shutdown();
        threads.shutdown();
    }
}
