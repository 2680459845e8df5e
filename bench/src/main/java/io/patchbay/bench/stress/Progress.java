// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Says now and then how far a long run is. For one thread. */
final class Progress {
    private static final long PACE = TimeUnit.SECONDS.toNanos(10);

    private final String run;
    private final int total;
    private final PrintStream err;
    private final long begin = System.nanoTime();
    private long told = begin;

    /** @param err where it is said */
    Progress(String run, int total, PrintStream err) {
        this.run = run;
        this.total = total;
        this.err = err;
    }

    void at(int done, String detail) {
        long now = System.nanoTime();
        if (now - told >= PACE) {
            told = now;
            long seconds = TimeUnit.NANOSECONDS.toSeconds(now - begin);
            err.printf(Locale.ROOT, "%s: %,d of %,d swaps in %,d s, %s%n", run, done, total, seconds, detail);
        }
    }
}
