// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what a server or a thread of a provider brings about and nobody announces. */
final class Eventually {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(10);

    private Eventually() {}

    static void holds(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).as("waited too long").isLessThan(LONGEST);
            LockSupport.parkNanos(PACE);
        }
    }
}
