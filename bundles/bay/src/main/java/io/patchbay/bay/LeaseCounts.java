// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * All counts of leases on one generation: a word of each thread that took one, and one for leases that no thread holds.
 * Thread-safe; only who sums up, and a thread that comes for the first time, take its lock.
 *
 * <p>{@link #of} reads without a lock what such threads wrote with it: what it finds is whole, for a record's components are
 * final, and only the thread that it names takes it.
 */
final class LeaseCounts {
    /** Threads that have ended are looked for when there are twice as many as after the last look. */
    private static final int FIRST_LOOK = 32;

    /** A power of two. */
    private static final int PLACES = 16;

    /** One thread's count. */
    @SuppressWarnings("ArrayRecordComponent") // the array itself is meant, not what is in it
    private record Own(WeakReference<Thread> thread, long[] count) {
        boolean ended() {
            @Nullable Thread known = thread.get();
            return known == null || !known.isAlive();
        }
    }

    /** The newest thread of each place. */
    private final @Nullable Own[] newest = new Own[PLACES];

    /** Leases on their way to another thread, and those of threads that have ended. */
    private final AtomicLong shared = new AtomicLong();

    private final AtomicInteger closedElsewhere = new AtomicInteger();

    // Guarded by this.
    private final List<Own> threads = new ArrayList<>();
    private int nextLook = FIRST_LOOK;
    private boolean over;

    /**
     * The count of a thread, where it is the newest of its place.
     *
     * @return null also when another thread took the place
     */
    long @Nullable [] of(Thread thread) {
        // The number alone would not do: a class of threads may answer what it likes.
        @Nullable Own own = newest[place(thread)];
        return own != null && own.thread().refersTo(thread) ? own.count() : null;
    }

    private static int place(Thread thread) {
        return (int) thread.getId() & (PLACES - 1);
    }

    /** The calling thread will count in this from now on. */
    synchronized void join(long[] count) {
        if (over) {
            LeaseCount.forget(count);
            return;
        }
        if (threads.size() >= nextLook) {
            threads.removeIf(this::takenOver);
            nextLook = Math.max(FIRST_LOOK, 2 * threads.size());
        }
        Thread thread = Thread.currentThread();
        Own own = new Own(new WeakReference<>(thread), count);
        threads.add(own);
        newest[place(thread)] = own;
    }

    /** What an ended thread took counts on; a lease that it left open is for somebody else to close. */
    private boolean takenOver(Own own) {
        boolean ended = own.ended();
        if (ended) {
            shared.addAndGet(LeaseCount.word(own.count()));
        }
        return ended;
    }

    /** One more lease that no thread holds. */
    void share() {
        shared.incrementAndGet();
    }

    /** One less. */
    void unshare() {
        shared.decrementAndGet();
    }

    /** A thread closed a lease that it did not take; the count of the one that did stays as it is. */
    void closedElsewhere() {
        closedElsewhere.incrementAndGet();
    }

    /** How many closes there were of that sort. */
    long closesElsewhere() {
        return closedElsewhere.get();
    }

    /** Leases that are out; once no more are given never too few. */
    long inFlight() {
        // First: of a lease that is closed meanwhile, the word may be the one before; then this must be, too.
        long elsewhere = closedElsewhere.get();
        return Math.max(0, LeaseCount.inFlight(sum()) - elsewhere);
    }

    /** Leases taken so far. */
    long taken() {
        return LeaseCount.taken(sum());
    }

    private synchronized long sum() {
        // The shared word first: a lease goes from there to a thread, never the other way.
        long sum = shared.get();
        for (Own own : threads) {
            sum += LeaseCount.word(own.count());
        }
        return sum;
    }

    /** No lease will be given any more and all are back: threads need not keep their counts. */
    synchronized void end() {
        over = true;
        threads.forEach(own -> LeaseCount.forget(own.count()));
    }
}
