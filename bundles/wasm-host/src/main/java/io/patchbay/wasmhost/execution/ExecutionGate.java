// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a bounded number of one plugin's executions run at the same time, first come first served, and a bounded number wait.
 * The bounds are given with each entry, so a changed setting counts from the next execution on. Thread-safe.
 */
final class ExecutionGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> waiting = new ArrayDeque<>();
    private int running;

    /** What became of an entry. */
    enum Entry {
        /** The caller may run; it leaves again. */
        ENTERED,
        /** The queue is full. */
        FULL,
        /** The wait took too long. */
        TIMED_OUT,
        /** The waiting thread was interrupted; its status is set. */
        INTERRUPTED
    }

    /**
     * Waits for a place.
     *
     * @param concurrency how many may run
     * @param queue how many may wait
     * @param nanos how long to wait at most
     */
    Entry enter(int concurrency, int queue, long nanos) {
        lock.lock();
        try {
            if (running < concurrency && waiting.isEmpty()) {
                running++;
                return Entry.ENTERED;
            }
            return waiting.size() >= queue ? Entry.FULL : await(concurrency, nanos);
        } finally {
            lock.unlock();
        }
    }

    private Entry await(int concurrency, long nanos) {
        Object me = new Object();
        waiting.add(me);
        long left = nanos;
        try {
            while (running >= concurrency || waiting.peek() != me) {
                if (left <= 0) {
                    return Entry.TIMED_OUT;
                }
                left = changed.awaitNanos(left);
            }
            running++;
            return Entry.ENTERED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Entry.INTERRUPTED;
        } finally {
            waiting.remove(me);
            changed.signalAll();
        }
    }

    void leave() {
        lock.lock();
        try {
            running--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
