// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.lease;

import com.sun.management.ThreadMXBean;
import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.jmh.Jmh;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;

/** Claims that a lease on a provider costs next to nothing. The short form counts leases and bytes, and measures no time. */
public final class LeaseRun implements NamedRun {
    private static final double MOST_NANOS = 15;

    /** No object is smaller; below it are the bytes of other threads. */
    private static final double LESS_THAN_AN_OBJECT = 0.5;

    private static final int WARM_UP = 20_000;
    private static final int CALLS = 100_000;

    @Override
    public String name() {
        return "lease";
    }

    @Override
    public String description() {
        return "a lease on a slot's provider, taken and given back: at most 15 ns, nothing allocated (JMH)";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        if (options.shortForm()) {
            try (Slots slots = new Slots(options.scratch())) {
                count(slots, report);
            }
            return;
        }
        Target allocated = Target.atMost(LESS_THAN_AN_OBJECT);
        for (RunResult result : Jmh.measure(LeaseBenchmark.class, ".*", 1, options.scratch())) {
            Jmh.report(result, "", Target.atMost(MOST_NANOS), allocated, report);
        }
        for (RunResult result : Jmh.measure(LeaseBenchmark.class, "call|stickyWrite", 2, options.scratch())) {
            Jmh.report(result, "-2-threads", Target.none(), allocated, report);
        }
    }

    private static void count(Slots slots, Report report) throws Exception {
        count("call", slots::call, report);
        count("lease", slots::lease, report);
        count("tryLease", slots::tryLease, report);
        count("stickyRead", slots::stickyRead, report);
        count("stickyWrite", slots::stickyWrite, report);
        long each = WARM_UP + CALLS;
        // And the first write, which records the owner.
        count(slots, Slots.FREE, 3 * each, report);
        count(slots, Slots.STICKY, 2 * each + 1, report);
    }

    private static void count(String row, Callable<Object> call, Report report) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int i = -WARM_UP; i < CALLS; i++) {
            if (i == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            call.call();
        }
        double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
        report.figure(row + "-allocated", bytes, "B/op", Target.atMost(LESS_THAN_AN_OBJECT));
    }

    private static void count(Slots slots, String kind, long calls, Report report) {
        report.count(
                kind + "-leases-taken",
                Math.round(slots.bay().metric("patchbay_provider_calls_total", kind)),
                Target.exactly(calls));
        report.count(
                kind + "-leases-out",
                Math.round(slots.bay().metric("patchbay_provider_leases", kind)),
                Target.exactly(0));
    }
}
