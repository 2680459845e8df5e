// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The bounded threads on which one provider's blocking calls run. One more is made with a call that finds none idle, so a
 * provider that is swapped in makes as many as its callers need, each where it is needed. Thread-safe.
 */
final class ProviderPool {
    private static final long IDLE_SECONDS = 30;

    private final String name;
    private final BaySettings settings;
    private final AtomicInteger threads = new AtomicInteger();
    private final IdleThreads waiting = new IdleThreads();
    private volatile @Nullable ThreadPoolExecutor executor;
    private @Nullable ClassLoader library;
    private boolean closed;

    /**
     * Makes one without threads.
     *
     * @param library the provider's class loader, which its threads get as their own
     */
    ProviderPool(String kind, String provider, BaySettings settings, @Nullable ClassLoader library) {
        this.name = "patchbay-" + kind + "-" + provider + "-";
        this.settings = settings;
        this.library = library;
    }

    /** Runs a task, or says no at once: when all threads and waiting places are taken, or after the close. */
    boolean offer(Runnable task) {
        @Nullable ThreadPoolExecutor ready = executor;
        if (ready == null) {
            ready = start();
        }
        if (ready == null) {
            return false;
        }
        try {
            ready.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Takes back a task that has not begun. */
    void withdraw(Runnable task) {
        @Nullable ThreadPoolExecutor ready = executor;
        if (ready != null) {
            ready.remove(task);
        }
    }

    String bounds() {
        return settings.poolThreads() + " threads and " + settings.poolQueue() + " waiting places";
    }

    private synchronized @Nullable ThreadPoolExecutor start() {
        if (closed || executor != null) {
            return executor;
        }
        @Nullable ClassLoader loader = library;
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                0,
                settings.poolThreads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                waiting,
                task -> thread(task, loader),
                this::queue);
        executor = made;
        return made;
    }

    /** All threads are taken: the task waits, where there is a place. */
    private void queue(Runnable task, ThreadPoolExecutor pool) {
        synchronized (waiting) {
            if (waiting.size() >= settings.poolQueue()) {
                throw new RejectedExecutionException("no thread and no place to wait is free");
            }
            waiting.queue(task);
        }
        if (pool.isShutdown() && waiting.remove(task)) {
            throw new RejectedExecutionException("the pool is closed");
        }
    }

    /**
     * A queue that the executor can put nothing into unless a thread waits for it: otherwise it makes one more, and only when
     * it may not, what is refused is put into the queue. An executor with another queue fills that first, or makes all its
     * threads whether some are idle or not.
     */
    private static final class IdleThreads extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }

        void queue(Runnable task) {
            super.offer(task);
        }
    }

    private Thread thread(Runnable task, @Nullable ClassLoader loader) {
        // Inherits nothing of whoever happens to make the first call.
        Thread thread = new Thread(null, task, name + threads.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        return thread;
    }

    /** Ends the threads when they are idle; a call that overstays ends by itself. Idempotent. */
    synchronized void close() {
        closed = true;
        library = null;
        @Nullable ThreadPoolExecutor ready = executor;
        if (ready != null) {
            ready.shutdown();
        }
    }
}
