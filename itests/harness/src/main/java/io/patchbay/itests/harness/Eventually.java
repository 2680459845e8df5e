// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a server, or a thread that nobody can ask, brings about and nobody announces. */
public final class Eventually {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(5);

    private Eventually() {}

    /**
     * What is waited for.
     *
     * @param <X> what asking may throw
     */
    @FunctionalInterface
    public interface Condition<X extends Exception> {
        /** Whether it holds now. */
        boolean holds() throws X;
    }

    /**
     * Asks again until the condition holds, for half a minute at most.
     *
     * @throws AssertionError when it does not hold by then
     */
    public static <X extends Exception> void holds(Condition<X> condition) throws X {
        holds(LONGEST, condition);
    }

    /**
     * Asks again until the condition holds.
     *
     * @throws AssertionError when it does not hold within the limit
     */
    public static <X extends Exception> void holds(Duration limit, Condition<X> condition) throws X {
        holds(limit, PACE, condition);
    }

    /**
     * Asks again until the condition holds, where the asking itself is work that something else is measured beside.
     *
     * @param pace how long to rest between two questions
     * @throws AssertionError when it does not hold within the limit
     */
    public static <X extends Exception> void holds(Duration limit, Duration pace, Condition<X> condition) throws X {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not hold within " + limit);
            }
            LockSupport.parkNanos(pace.toNanos());
        }
    }
}
