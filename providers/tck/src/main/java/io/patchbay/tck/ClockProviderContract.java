// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.provider.clock.ClockProvider;
import org.junit.jupiter.api.Test;

/** What a clock keeps: see {@link ClockProvider}. Abilities: {@link Ability#RUNNING}. */
public abstract class ClockProviderContract extends ProviderContract<ClockProvider> {
    /** For a provider's own suite. */
    protected ClockProviderContract() {}

    /**
     * What the clock shows: a running one, how far it is ahead of the machine's; one that stands, what it shows.
     *
     * @return milliseconds, since 1970-01-01T00:00:00Z for a clock that stands
     */
    protected abstract long expectedMillis();

    @Test
    final void itCountsMillisecondsSince1970() throws Exception {
        check(opened());
    }

    @Test
    final void itIsSafeUnderThreads() throws Exception {
        ClockProvider clock = opened();
        Crew.work(4, thread -> {
            for (int i = 0; i < 1_000; i++) {
                check(clock);
            }
            return true;
        });
    }

    @Test
    final void itMovesOnIfAndOnlyIfItSaysSo() throws Exception {
        ClockProvider clock = opened();
        long first = clock.epochMillis();
        awaitNextMachineMillis();
        long second = clock.epochMillis();
        assertEquals(can(Ability.RUNNING), second > first, "moved on from " + first + " to " + second);
    }

    @Test
    final void itIsTheSameClockAfterARestart() throws Exception {
        withTwo(this::check, this::check);
    }

    private void check(ClockProvider clock) {
        if (!can(Ability.RUNNING)) {
            assertEquals(expectedMillis(), clock.epochMillis());
            return;
        }
        long before = System.currentTimeMillis();
        long shown = clock.epochMillis() - expectedMillis();
        long after = System.currentTimeMillis();
        assertTrue(before <= shown && shown <= after, before + " <= " + shown + " <= " + after);
    }

    private static void awaitNextMachineMillis() {
        long start = System.currentTimeMillis();
        while (System.currentTimeMillis() <= start) {
            Thread.onSpinWait();
        }
    }
}
