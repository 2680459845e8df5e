// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import io.patchbay.provider.log.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The entries that wait for the disk: many threads offer without waiting, one takes. */
final class EntryQueue {
    /** What became of an offered entry. */
    enum Offer {
        TAKEN,
        DROPPED,
        CLOSED
    }

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<LogEntry> entries = new ArrayDeque<>();
    private boolean closed;
    private long dropped;
    private long gap;

    EntryQueue(int capacity) {
        this.capacity = capacity;
    }

    Offer offer(LogEntry entry) {
        lock.lock();
        try {
            if (closed) {
                return Offer.CLOSED;
            }
            if (entries.size() >= capacity) {
                dropped++;
                gap++;
                return Offer.DROPPED;
            }
            entries.addLast(entry);
            changed.signal();
            return Offer.TAKEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for entries.
     *
     * @param most how many to take at most
     * @return in the order in which they were offered; empty when the queue is closed and nothing is left
     */
    List<LogEntry> take(int most) {
        lock.lock();
        try {
            while (entries.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<LogEntry> taken = new ArrayList<>();
            while (taken.size() < most && !entries.isEmpty()) {
                taken.add(entries.removeFirst());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits before a write is tried again.
     *
     * @param millis at most this long
     * @return false when the queue was closed, so that the next try is the last
     */
    boolean pause(long millis) {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Counts the entries that were dropped since this was last asked. */
    long takeGap() {
        lock.lock();
        try {
            long taken = gap;
            gap = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Counts the entries that were dropped and of which the file does not tell yet. */
    long gap() {
        lock.lock();
        try {
            return gap;
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
