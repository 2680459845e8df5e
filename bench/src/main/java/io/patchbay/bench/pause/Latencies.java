// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import java.util.Arrays;
import java.util.stream.LongStream;

/** How long calls took, every one of them, in order. */
final class Latencies {
    private final long[] nanos;

    private Latencies(long[] nanos) {
        this.nanos = nanos;
    }

    /** Those of the given durations, in ns. */
    static Latencies of(LongStream nanos) {
        long[] sorted = nanos.toArray();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    int count() {
        return nanos.length;
    }

    /**
     * The time that a share of all calls did not exceed; not-a-number when there was no call.
     *
     * @param share between 0 and 1
     */
    double millis(double share) {
        if (nanos.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(share * nanos.length);
        return nanos[Math.max(0, rank - 1)] / 1e6;
    }

    /** The longest; not-a-number when there was no call. */
    double longestMillis() {
        return millis(1);
    }
}
