// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The layout of one thread's count of its leases on one generation. The count is an array, for threads keep it and must
 * keep no class of ours; it fills cache lines of its own. Only its thread counts in it, anybody may read it.
 */
final class LeaseCount {
    // The word has leases in flight in bits 0 to 19, and those taken so far in the bits above.
    static final long IN_FLIGHT = (1L << 20) - 1;
    static final long TAKEN = 1L << 20;

    private static final int LENGTH = 16;
    private static final int NUMBER = 7;
    private static final int WORD = 8;
    private static final long NOBODY = -1;
    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

    private LeaseCount() {}

    /** A new one for the generation of this number. */
    static long[] of(long number) {
        long[] count = new long[LENGTH];
        count[NUMBER] = number;
        return count;
    }

    static boolean isOf(long number, long[] count) {
        return number(count) == number;
    }

    static long number(long[] count) {
        return (long) ELEMENT.getOpaque(count, NUMBER);
    }

    /** Its generation is over: whoever keeps it may let it go. On any thread. */
    static void forget(long[] count) {
        ELEMENT.setOpaque(count, NUMBER, NOBODY);
    }

    static boolean isForgotten(long[] count) {
        return number(count) == NOBODY;
    }

    /** Its word, for any thread: never older than what its thread wrote before it looked at the retirement. */
    static long word(long[] count) {
        return (long) ELEMENT.getVolatile(count, WORD);
    }

    /** Its word, for its own thread. */
    static long own(long[] count) {
        return count[WORD];
    }

    /** Begins a lease: in the order of all volatile accesses, and so before any later look at the retirement. */
    static void begin(long[] count, long word) {
        ELEMENT.setVolatile(count, WORD, word);
    }

    /** Ends a lease, after all that was done under it. */
    static void end(long[] count, long word) {
        ELEMENT.setRelease(count, WORD, word);
    }

    static long inFlight(long word) {
        return word & IN_FLIGHT;
    }

    static long taken(long word) {
        return word >>> 20;
    }
}
