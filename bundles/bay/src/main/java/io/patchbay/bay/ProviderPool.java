// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The bounded threads on which one provider's blocking calls run; made when it begins to serve, or with a call. */
final class ProviderPool {
    private static final long IDLE_SECONDS = 30;

    private final String name;
    private final BaySettings settings;
    private final AtomicInteger threads = new AtomicInteger();
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

    /** Has all threads now: the first calls after a swap need not wait until each has made one more. */
    void prepare() {
        @Nullable ThreadPoolExecutor ready = start();
        if (ready != null) {
            ready.prestartAllCoreThreads();
        }
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
                settings.poolThreads(),
                settings.poolThreads(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.poolQueue()),
                task -> thread(task, loader));
        made.allowCoreThreadTimeOut(true);
        executor = made;
        return made;
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
