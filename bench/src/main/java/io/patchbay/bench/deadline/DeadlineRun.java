// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.deadline;

import io.patchbay.artifact.assembler.Guests;
import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import java.util.Map;
import java.util.TreeMap;

/**
 * Claims that every endless guest is stopped within 25 ms of its deadline, and that its thread is usable again: the engine has
 * one guest thread here, so a guest that kept it would make the next execution busy.
 */
public final class DeadlineRun implements NamedRun {
    private static final double LIMIT_MILLIS = 25;
    private static final int SHORT = 2;
    private static final int LONG = 25;

    @Override
    public String name() {
        return "deadline";
    }

    @Override
    public String description() {
        return "every endless guest is stopped within 25 ms of its deadline and its thread is usable again";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        int runs = options.repetitions(SHORT, LONG);
        // A machine that builds at the same time says nothing about milliseconds: the short form counts.
        Target limit = options.shortForm() ? Target.none() : Target.atMost(LIMIT_MILLIS);
        Map<String, byte[]> guests = new TreeMap<>(Guests.endless());
        // Not endless, but as fatal to a thread: it must be given back as well.
        guests.put("recursion", Guests.recursion(0));
        try (SingleThreadEngine engine = new SingleThreadEngine(options.scratch());
                WakeUps control = new WakeUps()) {
            for (Map.Entry<String, byte[]> guest : guests.entrySet()) {
                measure(engine, guest.getKey(), guest.getValue(), runs, limit, report);
            }
            report.figure("control-wake-up-late", control.latestMillis(), "ms", Target.none());
            report.never("given-up-plugins", engine.runaways());
        }
    }

    private static void measure(
            SingleThreadEngine engine, String name, byte[] guest, int runs, Target limit, Report report)
            throws Exception {
        boolean endless = !name.equals("recursion");
        double worst = Double.NEGATIVE_INFINITY;
        int early = 0;
        int usable = 0;
        int answered = 0;
        try (SingleThreadEngine.Guest plugin = engine.load("endless", guest)) {
            for (int i = 0; i < runs; i++) {
                SingleThreadEngine.End end = plugin.run();
                early += end.millisAfterDeadline() < 0 ? 1 : 0;
                worst = Math.max(worst, end.millisAfterDeadline());
                answered += end.answered() ? 1 : 0;
                usable += engine.answersNext() ? 1 : 0;
            }
        }
        if (endless) {
            report.never(name + "-ended-by-itself", early);
            report.figure(name + "-stopped-after", worst, "ms", limit);
        }
        report.never(name + "-answered", answered);
        report.count(name + "-thread-usable", usable, Target.exactly(runs));
    }
}
