// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The watchdog: one thread that holds the deadlines of all executions, sets their flags when they pass, and watches that
 * they are obeyed. It interrupts nothing.
 *
 * <p>Executions are a linked list, so that arming and disarming, which every execution pays, is one short lock; the thread
 * looks at all of them, but only when the earliest deadline it knew has passed. It is not woken by an execution whose
 * deadline is later than that one. Thread-safe.
 */
public final class Deadlines implements AutoCloseable {
    /** How much CPU time a guest may use after its flag was set. */
    private static final long RUNAWAY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long FAR = Long.MAX_VALUE / 4;

    private final ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
    private final Object lock = new Object();
    private final Entry head = new Entry();
    private final Thread watchdog;
    private volatile long nextLook = System.nanoTime() + FAR;
    private volatile boolean closed;

    /** Starts the watchdog. */
    public Deadlines() {
        watchdog = new Thread(this::watch, "patchbay-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    /** An execution under watch. */
    static final class Entry {
        private final @Nullable StopSignal signal;
        private final @Nullable RunawayListener listener;
        private long thread;
        private Entry previous = this;
        private Entry next = this;
        private boolean ordered;
        private boolean reported;
        private long cpuBefore;

        private Entry() {
            signal = null;
            listener = null;
        }

        Entry(StopSignal signal, RunawayListener listener) {
            this.signal = signal;
            this.listener = listener;
        }
    }

    /** Watches an execution on the calling thread. Needs no memory: an execution that begins is always watched. */
    void arm(Entry entry) {
        StopSignal signal = Objects.requireNonNull(entry.signal, "only executions are watched");
        synchronized (lock) {
            entry.thread = Thread.currentThread().getId();
            entry.next = head.next;
            entry.previous = head;
            head.next.previous = entry;
            head.next = entry;
        }
        if (signal.deadlineNanos() - nextLook < 0) {
            LockSupport.unpark(watchdog);
        }
    }

    /** Watches an execution no more. */
    void disarm(Entry entry) {
        synchronized (lock) {
            entry.previous.next = entry.next;
            entry.next.previous = entry.previous;
        }
    }

    private void watch() {
        while (!closed) {
            long now = System.nanoTime();
            // First, so that whoever arms while this thread looks at the list wakes it for another look.
            nextLook = now + FAR;
            long earliest = lookSafely(now);
            nextLook = earliest;
            long wait = earliest - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(this, wait);
            }
        }
    }

    /** Whatever goes wrong, even memory, the watch goes on: without it nothing ends a guest. */
    private long lookSafely(long now) {
        try {
            return look(now);
        } catch (RuntimeException | Error e) {
            return now + LOOK_AGAIN_NANOS;
        }
    }

    /** Sets the flags that are due and tells when to look again. */
    private long look(long now) {
        long earliest = now + FAR;
        List<RunawayListener> runaways = new ArrayList<>(0);
        synchronized (lock) {
            for (Entry entry = head.next; entry != head; entry = entry.next) {
                long again = look(entry, now, runaways);
                if (again - earliest < 0) {
                    earliest = again;
                }
            }
        }
        for (RunawayListener listener : runaways) {
            report(listener);
        }
        return earliest;
    }

    private long look(Entry entry, long now, List<RunawayListener> runaways) {
        StopSignal signal = entry.signal;
        RunawayListener listener = entry.listener;
        if (signal == null || listener == null) {
            return now + FAR;
        }
        if (signal.deadlineNanos() - now > 0) {
            return signal.deadlineNanos();
        }
        if (entry.reported) {
            return now + FAR;
        }
        if (!entry.ordered) {
            signal.stop(GuestTrap.Reason.DEADLINE);
            entry.ordered = true;
            entry.cpuBefore = cpuTime(entry);
        } else if (signal.providerAtWork()) {
            entry.cpuBefore = cpuTime(entry); // its CPU time is the provider's
        } else if (cpuTime(entry) - entry.cpuBefore > RUNAWAY_NANOS) {
            entry.reported = true;
            runaways.add(listener);
        }
        return now + LOOK_AGAIN_NANOS;
    }

    private long cpuTime(Entry entry) {
        return cpu.isThreadCpuTimeSupported() ? cpu.getThreadCpuTime(entry.thread) : System.nanoTime();
    }

    private static void report(RunawayListener listener) {
        try {
            listener.runaway();
        } catch (RuntimeException e) {
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler().uncaughtException(self, e); // the watch goes on
        }
    }

    /** Ends the watch. Executions that still run are no longer ended: close their threads first. Idempotent. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(watchdog);
    }
}
