// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what nobody waits for on daemon threads; after {@link #close} on the thread that asks. */
final class Background implements Executor, AutoCloseable {
    private static final int IDLE_SECONDS = 10;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
                Thread thread = new Thread(work, "patchbay-lifecycle");
                thread.setDaemon(true);
                return thread;
            },
            // A release whose last call overstayed the stop still unloads.
            (work, closed) -> work.run());

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
