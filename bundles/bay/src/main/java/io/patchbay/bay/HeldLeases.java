// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import org.jspecify.annotations.Nullable;

/**
 * Knows which leases the current thread holds, so that a thread never waits for itself: a provider call may end in the
 * stop of that very provider.
 *
 * <p>A lease may be closed on another thread than the one that took it. The entry then stays behind, and the generation
 * counts it, so that {@link #count} never says too much: rather a wait to its end than a provider let go under a call.
 */
final class HeldLeases {
    /** Leases that nest on one thread; one more is simply waited for. */
    private static final int PLACES = 8;

    // Not static: it goes with the bay. Its values are plain arrays, so a thread that outlives the bay keeps no class
    // of it.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Object[]> held = ThreadLocal.withInitial(() -> new Object[PLACES]);

    void add(Generation<?> generation) {
        @Nullable Object[] places = held.get();
        for (int i = 0; i < PLACES; i++) {
            if (places[i] == null) {
                places[i] = generation;
                return;
            }
        }
        for (int i = 0; i < PLACES; i++) {
            if (places[i] instanceof Generation<?> stale && stale.drained()) {
                places[i] = generation;
                return;
            }
        }
    }

    void remove(Generation<?> generation) {
        @Nullable Object[] places = held.get();
        for (int i = PLACES - 1; i >= 0; i--) {
            if (places[i] == generation) {
                places[i] = null;
                return;
            }
        }
        generation.closedElsewhere();
    }

    /** How many leases on it this thread surely holds. */
    long count(Generation<?> generation) {
        @Nullable Object[] places = held.get();
        long found = 0;
        for (@Nullable Object place : places) {
            if (place == generation) {
                found++;
            }
        }
        return Math.max(0, found - generation.closesElsewhere());
    }
}
