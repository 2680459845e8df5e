// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that guests run on, and the wait of those who called them. A guest never runs on its caller's thread: what it
 * can do would depend on the caller's stack, and nobody could answer a caller whose thread hangs in a provider (DESIGN 8).
 * A caller is answered at its deadline, whatever its guest's thread does; the thread is used again once it has come back.
 * Thread-safe.
 */
public final class GuestThreads {
    /** How long after the deadline a caller still waits for the guest's own answer. */
    private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

    private static final long IDLE_SECONDS = 30;

    private final Deadlines deadlines;
    private final ThreadPoolExecutor executor;
    private final Semaphore free; // not the executor's own maximum: its threads take a moment to become idle
    private final int maximum;
    private final Set<StopSignal> running = ConcurrentHashMap.newKeySet();

    /**
     * How many threads, and how large.
     *
     * @param maximum the most guests that run at the same time, above 0
     * @param stackBytes the stack of each thread: how deep a guest may recurse
     */
    public record Settings(int maximum, long stackBytes) {
        /** 256 threads with a stack of 8 MiB, of which only what is used costs memory. */
        public static final Settings DEFAULT = new Settings(256, 8L << 20);

        /** Checks the ranges. */
        public Settings {
            if (maximum < 1) {
                throw new IllegalArgumentException("there must be a guest thread at least, not " + maximum);
            }
            if (stackBytes < 256 << 10) {
                throw new IllegalArgumentException(
                        "a guest thread's stack must have 262144 bytes at least, not " + stackBytes);
            }
        }
    }

    /**
     * Makes threads; none is started before it is needed.
     *
     * @param settings how many and how large, not null
     * @param deadlines who watches them; closed after these, by its own owner; not null
     */
    public GuestThreads(Settings settings, Deadlines deadlines) {
        this.deadlines = Objects.requireNonNull(deadlines, "deadlines");
        this.maximum = settings.maximum();
        this.free = new Semaphore(maximum);
        AtomicInteger number = new AtomicInteger();
        this.executor = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    String name = "patchbay-guest-" + number.incrementAndGet();
                    Thread thread = new Thread(null, task, name, settings.stackBytes());
                    thread.setDaemon(true);
                    thread.setContextClassLoader(GuestThreads.class.getClassLoader());
                    return thread;
                });
    }

    /**
     * Runs an execution and waits for it, to its deadline and a few milliseconds more at most.
     *
     * @param job the execution, not null
     * @param timeoutNanos how long it may take from now on, ns
     * @param listener hears when the guest does not stop, not null
     * @param <T> the answer
     * @return the answer, never null
     * @throws GuestTrap when there is none, in time
     * @throws GuestThreadsBusyException when no thread is free
     */
    public <T> T run(GuestJob<T> job, long timeoutNanos, RunawayListener listener)
            throws GuestTrap, GuestThreadsBusyException {
        if (!free.tryAcquire()) {
            throw new GuestThreadsBusyException("all " + maximum + " guest threads are taken");
        }
        StopSignal signal = new StopSignal(System.nanoTime() + timeoutNanos);
        Task<T> task = new Task<>(job, signal, listener);
        running.add(signal);
        try {
            executor.execute(task);
        } catch (RejectedExecutionException e) {
            ended(signal);
            throw new GuestThreadsBusyException("the guest threads are being stopped");
        } catch (OutOfMemoryError e) {
            ended(signal);
            throw new GuestThreadsBusyException("the system gives no further thread");
        }
        if (executor.isShutdown()) {
            signal.stop(GuestTrap.Reason.CANCELLED); // closed in between
        }
        return task.await();
    }

    private void ended(StopSignal signal) {
        free.release(); // first: where nothing runs, all threads are free
        running.remove(signal);
    }

    private final class Task<T> implements Runnable {
        private final GuestJob<T> job;
        private final StopSignal signal;
        private final Deadlines.Entry watch;
        private final Thread caller = Thread.currentThread();
        private @Nullable T answer;
        private @Nullable Throwable failure;
        private volatile boolean done;

        Task(GuestJob<T> job, StopSignal signal, RunawayListener listener) {
            this.job = job;
            this.signal = signal;
            this.watch = new Deadlines.Entry(signal, listener);
        }

        @Override
        public void run() {
            deadlines.arm(watch);
            try {
                answer = job.run(signal);
            } catch (Throwable e) { // the caller gets it, and the thread lives on
                failure = e;
            } finally {
                deadlines.disarm(watch);
                ended(signal);
                done = true;
                LockSupport.unpark(caller);
            }
        }

        T await() throws GuestTrap {
            boolean interrupted = false;
            long end = signal.deadlineNanos() + GRACE_NANOS;
            while (!done) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                LockSupport.parkNanos(this, left);
                if (Thread.interrupted()) {
                    interrupted = true;
                    signal.stop(GuestTrap.Reason.CANCELLED);
                    end = Math.min(end, System.nanoTime() + GRACE_NANOS);
                }
            }
            if (interrupted) {
                caller.interrupt(); // the caller's own status, which the wait took away
            }
            if (!done) {
                signal.stop(GuestTrap.Reason.DEADLINE);
                throw new GuestTrap(interrupted ? GuestTrap.Reason.CANCELLED : GuestTrap.Reason.DEADLINE);
            }
            return result();
        }

        private T result() throws GuestTrap {
            Throwable thrown = failure;
            if (thrown instanceof GuestTrap trap) {
                throw trap;
            }
            if (thrown != null) {
                throw GuestTrap.of(thrown);
            }
            return Objects.requireNonNull(answer, "a guest job gave no answer");
        }
    }

    /**
     * How many guests run now.
     *
     * @return 0 or more; those whose callers were answered already count until they come back
     */
    public int running() {
        return running.size();
    }

    /**
     * Cancels what runs, waits for it, and lets the threads go. Idempotent.
     *
     * @param patience how long to wait at most, not null
     * @return false when something has not ended: it hangs in a provider, or ignores its order
     */
    public boolean close(Duration patience) {
        executor.shutdown(); // interrupts idle threads only
        running.forEach(signal -> signal.stop(GuestTrap.Reason.CANCELLED));
        try {
            return executor.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return executor.isTerminated();
        }
    }
}
