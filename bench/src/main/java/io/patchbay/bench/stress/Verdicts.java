// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.io.PrintStream;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts verdicts and shows the first bad ones. Thread-safe. */
final class Verdicts {
    private static final int SHOWN = 40;

    private final ConcurrentMap<Verdict, LongAdder> counts = new ConcurrentHashMap<>();
    private final AtomicInteger shown = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final String run;
    private final PrintStream err;

    /** @param err where bad ones are shown */
    Verdicts(String run, PrintStream err) {
        this.run = run;
        this.err = err;
    }

    void count(Verdict verdict) {
        counter(verdict).increment();
    }

    /** Counts what must not be, and shows it. */
    void count(Verdict verdict, String detail) {
        count(verdict);
        show(verdict + " " + detail);
    }

    /** Shows a line unless there were many. */
    void show(String line) {
        if (shown.incrementAndGet() <= SHOWN) {
            err.println(run + ": " + line);
        }
    }

    void took(long nanos) {
        longestNanos.accumulateAndGet(nanos, Math::max);
    }

    long longestMillis() {
        return longestNanos.get() / 1_000_000;
    }

    long of(Verdict verdict) {
        return counter(verdict).sum();
    }

    private LongAdder counter(Verdict verdict) {
        return counts.computeIfAbsent(verdict, missing -> new LongAdder());
    }
}
