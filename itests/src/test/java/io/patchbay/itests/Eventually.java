// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** For what has no event to wait for: asks again until it holds. */
final class Eventually {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private Eventually() {}

    static void holds(Duration limit, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("did not hold within " + limit);
            }
            LockSupport.parkNanos(PAUSE);
        }
    }
}
