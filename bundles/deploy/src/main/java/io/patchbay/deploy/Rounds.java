// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a look again and again, on one daemon thread of its own: at a fixed pause, and soon after somebody asked for one.
 * Thread-safe.
 */
final class Rounds implements AutoCloseable {
    /** Below the 5 s after which the component runtime stops waiting. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ScheduledThreadPoolExecutor thread;
    private final Duration pause;
    private final Consumer<RuntimeException> failures;
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile @Nullable LongConsumer look;

    /** @param failures hears what a look failed with */
    Rounds(Duration pause, Consumer<RuntimeException> failures) {
        this.pause = pause;
        this.failures = failures;
        thread = new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread daemon = new Thread(work, "patchbay-deploy");
                    daemon.setDaemon(true);
                    return daemon;
                },
                (work, closed) -> {
                    // Nothing is begun any more.
                });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    /**
     * Begins.
     *
     * @param look is given the time, as {@link System#nanoTime()} counts
     */
    void start(LongConsumer look) {
        this.look = look;
        var unused = thread.scheduleWithFixedDelay(this::once, 0, pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Asks for a look soon; several that ask at once get one. Never waits. */
    void soon() {
        if (asked.compareAndSet(false, true)) {
            thread.execute(this::once);
        }
    }

    private void once() {
        asked.set(false);
        LongConsumer looking = look;
        if (looking == null || thread.isShutdown()) {
            return;
        }
        try {
            looking.accept(System.nanoTime());
        } catch (RuntimeException failure) {
            failures.accept(failure);
        }
    }

    /** Begins no look any more, and waits a while for one that is under way. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                failures.accept(new IllegalStateException("a change takes longer than the stop waits; it goes on"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
