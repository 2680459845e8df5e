// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Makes a call at each beat, however long the answers take: a call that is due while the one before is held counts from
 * when it was due, as if somebody else had made it. So a pause of the node counts for every call that fell into it, and not
 * once for each thread (coordinated omission).
 *
 * <p>Written by one thread; read by others once that thread has ended.
 */
final class PacedCaller implements Callable<Long> {
    private static final int BLOCK_CALLS = 4_096;
    private static final int CALL_LONGS = 2;

    private final Step step;
    private final long startNanos;
    private final long beatNanos;
    /** When each call was due and done. Outside the heap: an array of megabytes is moved by the next thread that asks for it. */
    private final List<LongBuffer> blocks = new ArrayList<>();

    private int calls;
    private volatile long endNanos;

    /** What is called. */
    @FunctionalInterface
    interface Step {
        /** Makes one call and throws when it is not answered as it must be. */
        void run(int turn);
    }

    /**
     * A caller.
     *
     * @param step what it calls
     * @param startNanos when its first call is due, as {@link System#nanoTime()}
     * @param beatNanos from one call to the next
     */
    PacedCaller(Step step, long startNanos, long beatNanos) {
        this.step = step;
        this.startNanos = startNanos;
        this.beatNanos = beatNanos;
        this.endNanos = startNanos + Long.MAX_VALUE;
    }

    /** Makes every call that is due before the end, also those that have to be made up for then. */
    @Override
    public Long call() {
        for (long next = startNanos; next - endNanos < 0; next += beatNanos) {
            for (long left = next - System.nanoTime(); left > 0; left = next - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            step.run(calls);
            note(next, System.nanoTime());
        }
        return (long) calls;
    }

    private void note(long dueNanos, long doneNanos) {
        if (calls == blocks.size() * BLOCK_CALLS) {
            blocks.add(ByteBuffer.allocateDirect(BLOCK_CALLS * CALL_LONGS * Long.BYTES)
                    .asLongBuffer());
        }
        blocks.get(calls / BLOCK_CALLS).put(dueNanos).put(doneNanos);
        calls++;
    }

    /** No call is due any more from now on. */
    void end() {
        endNanos = System.nanoTime();
    }

    /** How long the calls took of which a condition holds. */
    IntStream where(Condition condition) {
        return IntStream.range(0, calls).filter(call -> condition.holds(due(call), done(call)));
    }

    long nanosOf(int call) {
        return done(call) - due(call);
    }

    private long due(int call) {
        return blocks.get(call / BLOCK_CALLS).get(call % BLOCK_CALLS * CALL_LONGS);
    }

    private long done(int call) {
        return blocks.get(call / BLOCK_CALLS).get(call % BLOCK_CALLS * CALL_LONGS + 1);
    }

    /** A condition on when a call was due and when it was answered. */
    @FunctionalInterface
    interface Condition {
        /** Both as {@link System#nanoTime()}. */
        boolean holds(long dueNanos, long doneNanos);
    }
}
