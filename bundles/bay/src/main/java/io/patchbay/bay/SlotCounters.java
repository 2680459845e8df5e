// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a slot does beside calls. Thread-safe. */
final class SlotCounters {
    final LongAdder swaps = new LongAdder();
    final LongAdder drains = new LongAdder();
    final LongAdder overstays = new LongAdder();
    final LongAdder waits = new LongAdder();

    private final Map<String, Tally> departed = new TreeMap<>();

    /**
     * Calls of all providers of one name.
     *
     * @param calls leases taken
     * @param failures calls that failed
     * @param refusals those of them that were kept from the provider while its circuit was open
     * @param circuits times its circuit opened
     * @param outages times what stands behind it went away
     */
    record Tally(long calls, long failures, long refusals, long circuits, long outages) {
        Tally plus(Tally other) {
            return new Tally(
                    calls + other.calls,
                    failures + other.failures,
                    refusals + other.refusals,
                    circuits + other.circuits,
                    outages + other.outages);
        }
    }

    /** Keeps what a provider that leaves had counted. */
    synchronized void keep(String provider, Tally tally) {
        departed.merge(provider, tally, Tally::plus);
    }

    /** By name of the providers that left. */
    synchronized Map<String, Tally> departed() {
        return new TreeMap<>(departed);
    }
}
