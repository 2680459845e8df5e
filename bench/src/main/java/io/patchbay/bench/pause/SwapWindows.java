// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The stretches of time in which calls are looked at: around each swap, and of the same length without one. */
final class SwapWindows {
    /** How long each stretch lasts; one around a swap lasts longer when the swap itself does. */
    static final long NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final List<Window> around = new ArrayList<>();
    private final List<Window> before = new ArrayList<>();
    private final List<Window> after = new ArrayList<>();

    private record Window(long begin, long end) {
        boolean overlaps(long from, long to) {
            return from - end <= 0 && to - begin >= 0;
        }
    }

    /** Swaps now; returns at the end of the stretch. */
    void swap(Runnable swap) {
        long begin = System.nanoTime();
        swap.run();
        rest(begin + NANOS - System.nanoTime());
        around.add(new Window(begin, System.nanoTime()));
    }

    /** A stretch on the old provider begins now; returns at its end. */
    void before() {
        before.add(quiet());
    }

    /** A stretch on the new provider begins now; returns at its end. */
    void after() {
        after.add(quiet());
    }

    private static Window quiet() {
        long begin = System.nanoTime();
        rest(NANOS);
        return new Window(begin, begin + NANOS);
    }

    /** Lets time go by. */
    static void rest(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** The same stretches in so many parts, one after the other; as many swaps in each but the last. */
    List<SwapWindows> parts(int count) {
        int size = (around.size() + count - 1) / count;
        List<SwapWindows> parts = new ArrayList<>();
        for (int begin = 0; begin < around.size(); begin += size) {
            int end = Math.min(begin + size, around.size());
            SwapWindows part = new SwapWindows();
            part.around.addAll(around.subList(begin, end));
            part.before.addAll(before.subList(begin, end));
            part.after.addAll(after.subList(begin, end));
            parts.add(part);
        }
        return parts;
    }

    int swaps() {
        return around.size();
    }

    /** Whether a call was under way at any moment of a stretch around a swap. */
    boolean around(long due, long done) {
        return anyOf(around, due, done);
    }

    /** Whether a call was under way, and not near a swap, at any moment of a stretch in which the old provider served. */
    boolean before(long due, long done) {
        return anyOf(before, due, done) && !around(due, done);
    }

    /** Whether a call was under way, and not near a swap, at any moment of a stretch in which the new provider served. */
    boolean after(long due, long done) {
        return anyOf(after, due, done) && !around(due, done);
    }

    /**
     * The same rule with a swap and without. A stretch of 100 ms meets a stall of 100 ms anywhere in twice that time: if only
     * calls that begin in it counted without a swap, each stall of the machine would count twice as much around one.
     */
    private static boolean anyOf(List<Window> stretches, long due, long done) {
        return stretches.stream().anyMatch(window -> window.overlaps(due, done));
    }
}
