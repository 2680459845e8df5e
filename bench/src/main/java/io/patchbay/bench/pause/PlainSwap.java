// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import io.patchbay.bench.Report;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An operator binds another provider and no state moves, again and again: each time to a provider that was just made anew
 * and has served nobody, for that is what an operator does.
 */
final class PlainSwap {
    private static final Target AT_MOST = Target.atMost(1);
    private static final int WARM_UP = 40;

    /** After so many binds hardly anything of a bind is left to compile. An operator's first one is a row of its own. */
    private static final int QUICK_BINDS = 400;

    private static final int SHORT_ROUNDS = 2;
    private static final int LONG_ROUNDS = 400;

    /** For a p99.9: so that what a machine does once for 30 ms does not decide it. */
    private static final int CALLS = 36_000;

    /** One stall of 30 ms decides the p99.9 of the part that it falls into, and not that of the middle one. */
    private static final int PARTS = 9;

    private static final double NANOS_OF_MILLI = 1e6;
    private static final int SWAPPED_PER_SECOND = 1_000;
    private static final int OTHERS_PER_SECOND = 1_000;
    private static final int CONTROLS_PER_SECOND = 1_000;
    private static final long SETTLES = TimeUnit.MILLISECONDS.toNanos(150);
    private static final String KEY = "key";

    private final PauseNode node;
    private final StallWatch watch;
    private final String from;
    private final String to;
    private final boolean shortForm;
    private final AtomicLong failed = new AtomicLong();
    private final List<Long> bindNanos = new ArrayList<>();

    PlainSwap(PauseNode node, StallWatch watch, List<String> way, boolean shortForm) {
        this.node = node;
        this.watch = watch;
        this.from = way.get(0);
        this.to = way.get(1);
        this.shortForm = shortForm;
    }

    /**
     * The default is bound: plugins without state get the other provider, those with state keep theirs.
     *
     * <p>Both groups are looked at, the ones that are swapped and the others, and a thread that only wakes up when a call would
     * be due: what it is late, no call can make up for.
     */
    void ofTheDefault(Report report) throws Exception {
        node.bind(from);
        RelayPlugin stateless = node.install("stateless-" + to);
        RelayPlugin other = node.install("other-" + to);
        require(other.call(RuntimeCall.set(KEY, "value")).status() == 0, "the other plugin's first write");
        require(node.serving(other).equals(from), "the other plugin's state is where the default was");
        try (Callers callers = new Callers()) {
            List<PacedCaller> swapped = callers.start(
                    List.of(calls(stateless, RuntimeCall.get(KEY)), calls(stateless, RuntimeCall.get(KEY))),
                    SWAPPED_PER_SECOND);
            List<PacedCaller> others = callers.start(withWrites(other), OTHERS_PER_SECOND);
            List<PacedCaller> control = callers.start(List.of(turn -> {}), CONTROLS_PER_SECOND);
            SwapWindows windows = new SwapWindows();
            rounds(windows, callers, stateless, () -> node.bind(to), () -> node.bind(from));
            finish(callers, windows, report);
            report(from + "-" + to, swapped, windows, AT_MOST, report);
            report(from + "-" + to + "-others", others, windows, AT_MOST, report);
            report(from + "-" + to + "-control-wake-up", control, windows, Target.none(), report);
        }
        require(node.serving(other).equals(from), "the other plugin's state stays where it was");
    }

    /** A plugin with state is bound to the other provider of the same store. */
    void ofTheSameStore(Report report) throws Exception {
        node.bind(from);
        RelayPlugin plugin = node.install("moving-" + to);
        require(plugin.call(RuntimeCall.set(KEY, "value")).status() == 0, "the plugin's first write");
        try (Callers callers = new Callers()) {
            List<PacedCaller> swapped = callers.start(withWrites(plugin), SWAPPED_PER_SECOND);
            SwapWindows windows = new SwapWindows();
            rounds(windows, callers, plugin, () -> node.bind(to, plugin), () -> node.bind(from, plugin));
            finish(callers, windows, report);
            report(from + "-" + to, swapped, windows, AT_MOST, report);
        }
    }

    private void rounds(SwapWindows windows, Callers callers, RelayPlugin plugin, Runnable there, Runnable back)
            throws Exception {
        int rounds = shortForm ? SHORT_ROUNDS : WARM_UP + LONG_ROUNDS;
        for (int round = 0; round < rounds; round++) {
            SwapWindows used = round < rounds - (shortForm ? SHORT_ROUNDS : LONG_ROUNDS) ? new SwapWindows() : windows;
            if (round == WARM_UP) {
                bindQuickly(there, back);
            }
            node.restart(to);
            SwapWindows.rest(SETTLES);
            used.before();
            used.swap(timed(there));
            require(node.serving(plugin).equals(to), plugin.id() + " is served by " + to);
            SwapWindows.rest(SETTLES);
            used.after();
            back.run();
            require(node.serving(plugin).equals(from), plugin.id() + " is served by " + from);
            callers.check();
        }
    }

    /** The compiler works beside the calls, on two cores: what it makes of binds by the hundred comes before they count. */
    private static void bindQuickly(Runnable there, Runnable back) {
        for (int i = 0; i < QUICK_BINDS; i += 2) {
            there.run();
            back.run();
        }
    }

    private Runnable timed(Runnable bind) {
        return () -> {
            long begin = System.nanoTime();
            bind.run();
            bindNanos.add(System.nanoTime() - begin);
        };
    }

    /** Four readers and a writer, as plugins do. */
    private List<PacedCaller.Step> withWrites(RelayPlugin plugin) {
        PacedCaller.Step read = calls(plugin, RuntimeCall.get(KEY));
        return List.of(read, read, read, read, calls(plugin, RuntimeCall.set(KEY, "another value")));
    }

    private PacedCaller.Step calls(RelayPlugin plugin, RuntimeCall call) {
        return turn -> failed.addAndGet(plugin.call(call).status() == 0 ? 0 : 1);
    }

    private void finish(Callers callers, SwapWindows windows, Report report) throws Exception {
        long calls = callers.end();
        report.count(
                from + "-" + to + "-swaps", windows.swaps(), Target.exactly(shortForm ? SHORT_ROUNDS : LONG_ROUNDS));
        report.count(from + "-" + to + "-calls", calls, Target.atLeast(1));
        report.never(from + "-" + to + "-failed-calls", failed.get());
        if (!shortForm) {
            Latencies binds = Latencies.of(bindNanos.stream().mapToLong(Long::longValue));
            report.figure(from + "-" + to + "-bind-first", bindNanos.get(0) / 1e6, "ms", Target.none());
            report.figure(from + "-" + to + "-bind-p50", binds.millis(Share.P50.share()), "ms", Target.none());
        }
    }

    private void report(String row, List<PacedCaller> group, SwapWindows windows, Target added, Report report) {
        Latencies before = Callers.latencies(group, windows::before);
        Latencies after = Callers.latencies(group, windows::after);
        Latencies around = Callers.latencies(group, windows::around);
        report.count(row + "-calls-around", around.count(), Target.atLeast(shortForm ? 1 : CALLS));
        report.count(row + "-calls-without", after.count(), Target.atLeast(shortForm ? 1 : CALLS));
        if (shortForm) {
            return;
        }
        for (Share share : Share.values()) {
            report.figure(row + share.row() + "-before", before.millis(share.share()), "ms", Target.none());
            report.figure(row + share.row() + "-around", around.millis(share.share()), "ms", Target.none());
            report.figure(row + share.row() + "-after", after.millis(share.share()), "ms", Target.none());
        }
        report.figure(row + "-p99.9-added", added(around, after), "ms", added);
        if (watch.sees()) {
            undisturbed(row + "-undisturbed", group, windows, added, report);
        }
    }

    private static double added(Latencies around, Latencies without) {
        return around.millis(Share.P99_9.share()) - without.millis(Share.P99_9.share());
    }

    /**
     * The same without the calls that were due while the machine gave somebody else one of its processors. Which calls these
     * are depends on when they were due, not on how long they took, and is the same around a swap and without: so a delay
     * that a swap makes is not left out with them, and the two counts show it.
     */
    private void undisturbed(String row, List<PacedCaller> group, SwapWindows windows, Target added, Report report) {
        Stalls stalls = watch.stalls();
        Latencies after = undisturbed(group, stalls, windows::after);
        Latencies around = undisturbed(group, stalls, windows::around);
        report.count(row + "-calls-around", around.count(), Target.none());
        report.count(row + "-calls-without", after.count(), Target.none());
        report.figure(row + "-p99.9-around", around.millis(Share.P99_9.share()), "ms", Target.none());
        report.figure(row + "-p99.9-after", after.millis(Share.P99_9.share()), "ms", Target.none());
        report.figure(row + "-p99.9-added", added(around, after), "ms", added);
        Latencies ofParts = Latencies.of(windows.parts(PARTS).stream()
                .mapToLong(part -> Math.round(NANOS_OF_MILLI
                        * added(undisturbed(group, stalls, part::around), undisturbed(group, stalls, part::after)))));
        report.figure(row + "-p99.9-added-middle-of-" + PARTS, ofParts.millis(Share.P50.share()), "ms", Target.none());
    }

    private static Latencies undisturbed(List<PacedCaller> group, Stalls stalls, PacedCaller.Condition condition) {
        return Callers.latencies(group, (due, done) -> !stalls.near(due) && condition.holds(due, done));
    }

    /** The shares of calls that are reported. */
    private enum Share {
        P50("-p50", 0.5),
        P99("-p99", 0.99),
        P99_9("-p99.9", 0.999),
        ALL("-longest", 1);

        private final String row;
        private final double share;

        Share(String row, double share) {
            this.row = row;
            this.share = share;
        }

        String row() {
            return row;
        }

        double share() {
            return share;
        }
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("does not hold: " + what);
        }
    }
}
