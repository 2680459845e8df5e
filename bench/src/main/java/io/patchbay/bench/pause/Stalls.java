// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** When the machine itself kept a processor from a thread that goes before every other one. Immutable. */
final class Stalls {
    /** What a plain thread was to do meanwhile is made up for afterwards; and a call takes a while before it meets a stall. */
    static final long MARGIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /**
     * One stall.
     *
     * @param begin when, as {@link System#nanoTime()}
     * @param end likewise
     */
    record Stall(long begin, long end) {}

    /** Those of all processors, in any order. */
    static Stalls of(List<Stall> stalls) {
        return new Stalls(stalls);
    }

    private Stalls(List<Stall> stalls) {
        for (Stall stall :
                stalls.stream().sorted(Comparator.comparingLong(Stall::begin)).toList()) {
            long begin = stall.begin() - MARGIN_NANOS;
            long end = stall.end() + MARGIN_NANOS;
            var before = ends.lastEntry();
            if (before != null && before.getValue() >= begin) {
                ends.put(before.getKey(), Math.max(before.getValue(), end));
            } else {
                ends.put(begin, end);
            }
        }
    }

    /** Whether a call that is due at a moment may meet one. It does not matter how long the call takes. */
    boolean near(long due) {
        var stall = ends.floorEntry(due);
        return stall != null && due <= stall.getValue();
    }
}
