// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Each thread's own counts of leases, one for each generation that it has called. Nobody else counts in them, so threads
 * that call the same provider do not wait for one another.
 *
 * <p>A thread finds its count with the generation, when it is the newest of its place there, else in a small hash table, at
 * the number of the generation or a few places behind it. The place of a count that is of no generation any more is used
 * again.
 */
final class HeldLeases {
    private static final int FIRST_LENGTH = 16;
    private static final int PROBES = 4;

    private final AtomicLong numbers = new AtomicLong();

    // Not static: it goes with the bay. Its values are of the JDK's types alone, so a thread that outlives the bay
    // keeps
    // no class of it.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<long[][]> tables = ThreadLocal.withInitial(() -> new long[FIRST_LENGTH][]);

    /** A number for a new generation, never negative. */
    long nextNumber() {
        return numbers.getAndIncrement();
    }

    /** The calling thread's count of its leases on a generation; made with the first. */
    long[] countOf(Generation<?> generation) {
        long @Nullable [] count = generation.counts().of(Thread.currentThread());
        return count == null ? search(generation, tables.get()) : count;
    }

    private long[] search(Generation<?> generation, long[][] table) {
        long @Nullable [] known = find(generation.number(), table);
        if (known != null) {
            return known;
        }
        long[] made = LeaseCount.of(generation.number());
        // First of all: a count that the generation does not know would be missed by its drain.
        generation.counts().join(made);
        long[][] roomy = table;
        while (!put(made, roomy)) {
            roomy = grown(roomy);
        }
        tables.set(roomy);
        return made;
    }

    /** The calling thread's count; null when it never took a lease on the generation. */
    long @Nullable [] find(Generation<?> generation) {
        long @Nullable [] count = generation.counts().of(Thread.currentThread());
        return count == null ? find(generation.number(), tables.get()) : count;
    }

    private static long @Nullable [] find(long number, long[][] table) {
        for (int probe = 0; probe < PROBES; probe++) {
            long @Nullable [] count = table[((int) number + probe) & (table.length - 1)];
            if (count != null && LeaseCount.isOf(number, count)) {
                return count;
            }
        }
        return null;
    }

    /** A larger table with every count that is still used. */
    private static long[][] grown(long[][] table) {
        for (int length = 2 * table.length; ; length *= 2) {
            long[][] larger = new long[length][];
            if (Arrays.stream(table).allMatch(count -> unused(count) || put(count, larger))) {
                return larger;
            }
        }
    }

    private static boolean put(long[] count, long[][] table) {
        for (int probe = 0; probe < PROBES; probe++) {
            int place = ((int) LeaseCount.number(count) + probe) & (table.length - 1);
            if (unused(table[place])) {
                table[place] = count;
                return true;
            }
        }
        return false;
    }

    private static boolean unused(long @Nullable [] count) {
        return count == null || LeaseCount.isForgotten(count);
    }
}
