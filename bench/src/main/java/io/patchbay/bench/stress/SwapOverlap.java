// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.ShippedBundles;
import io.patchbay.itests.witness.WitnessState;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.osgi.framework.Bundle;

/**
 * Claims that a change of a provider's configuration, a stop of its bundle and a stop of the patch bay may overlap while calls
 * are in flight: nothing hangs, nothing is lost, and the component runtime gives up on nobody.
 */
public final class SwapOverlap implements NamedRun {
    private static final String RUN = "swap-overlap";
    private static final int SHORT = 2;
    private static final int LONG = 500;
    private static final int CALLERS_OF_EACH = 2;
    private static final String BAY = "io.patchbay.bay";
    private static final String SQLITE = "io.patchbay.state.sqlite";

    @Override
    public String name() {
        return RUN;
    }

    @Override
    public String description() {
        return "configuration change, stop of the provider and stop of the patch bay overlap under load: nothing hangs or is lost";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        report.figure("seed", (double) options.seed(), "number", Target.none());
        report.figure("grace", (double) StressNode.GRACE.toSeconds(), "s", Target.none());
        Map<String, Map<String, ?>> settings = new HashMap<>(StressNode.ofTheHouse());
        settings.putAll(StressNode.ofTheWitnesses());
        EmbeddedNode.Setup setup = new EmbeddedNode.Setup(settings, Set.of(), List.of());
        try (EmbeddedNode node = EmbeddedNode.start(options.scratch(), setup)) {
            node.must("makeStore", Map.of("store", "witness"));
            ManagedBundle.variant(node, ShippedBundles.jarOf(WitnessState.class), StressNode.WITNESS + ".a");
            new Rounds(options, report, node).run();
        }
    }

    /** The rounds on one node. */
    private static final class Rounds {
        private final RunOptions options;
        private final Report report;
        private final EmbeddedNode node;
        private final PrintStream err = System.err;
        private final SplittableRandom random;
        private final LogBook book = new LogBook();
        private final Verdicts verdicts = new Verdicts(RUN, err);
        private long longestMillis;

        Rounds(RunOptions options, Report report, EmbeddedNode node) {
            this.options = options;
            this.report = report;
            this.node = node;
            this.random = new SplittableRandom(options.seed());
        }

        void run() throws Exception {
            List<Caller> callers = callers();
            int rounds = options.repetitions(SHORT, LONG);
            LogCollector collector = new LogCollector(node, book);
            try (collector;
                    Callers running = new Callers(callers)) {
                running.awaitTurns();
                Progress progress = new Progress(RUN, rounds, err);
                for (int i = 0; i < rounds; i++) {
                    round(i);
                    running.awaitTurns();
                    progress.at(i + 1, verdicts.of(Verdict.FAILED) + " calls failed");
                }
                running.end();
            }
            report.count("rounds", rounds, Target.none());
            report.figure("longest-round", (double) longestMillis, "ms", Target.none());
            report.count("calls", verdicts.of(Verdict.CALL), Target.none());
            report.never("failed-calls", verdicts.of(Verdict.FAILED));
            report.figure("longest-call", (double) verdicts.longestMillis(), "ms", Target.none());
            report.never("lost-writes", verdicts.of(Verdict.LOST));
            report.never("duplicated-writes", verdicts.of(Verdict.DUPLICATED));
            report.never("half-writes", verdicts.of(Verdict.HALF));
            report.never("answers-of-another-store", verdicts.of(Verdict.FOREIGN));
            report.never(
                    "calls-into-a-deactivated-provider", node.lines("ledger").size());
            report.never("lost-log-lines", book.lost());
            collector.incidents().forEach(line -> err.println(RUN + ": " + line));
            collector.timeouts().forEach(line -> err.println(RUN + ": " + line));
            report.never("component-runtime-timeouts", collector.timeouts().size());
            collector.errors().stream().limit(10).forEach(line -> err.println(RUN + ": " + line));
            report.count("other-errors-in-the-log", collector.errors().size(), Target.none());
        }

        /** Two plugins, one on each store; and one whose calls stay in the provider for long. */
        private List<Caller> callers() throws Exception {
            Deaths nobodyDies = new Deaths(id -> Store.WITNESS);
            List<Caller> callers = new ArrayList<>();
            for (String id : List.of("witnessed", "stored", "slow")) {
                StepPlugin plugin = StepPlugin.install(node, id, options.scratch());
                if (!id.equals("stored")) {
                    node.must("bindLasting", Map.of("kind", "state", "plugin", id, "provider", "witness-a"));
                }
                for (int i = 1; i <= CALLERS_OF_EACH; i++) {
                    String name = id + "-" + i;
                    Line line = new Line(name, plugin, verdicts, nobodyDies);
                    callers.add(
                            id.equals("slow")
                                    ? new SlowCaller(line, random.split())
                                    : new StateCaller(line, book.page(name)));
                }
            }
            return callers;
        }

        private void round(int number) throws Exception {
            boolean sqlite = number % 2 == 1;
            Bundle provider = node.bundle(sqlite ? SQLITE : StressNode.WITNESS + ".a");
            Bundle bay = node.bundle(BAY);
            long begin = System.nanoTime();
            new Together(random.split()).run(() -> configure(sqlite, number), provider::stop, bay::stop);
            List<Together.Action> back = new ArrayList<>(List.of(provider::start, bay::start));
            if (random.nextBoolean()) {
                back.add(back.remove(0));
            }
            for (Together.Action start : back) {
                start.run();
            }
            longestMillis = Math.max(longestMillis, (System.nanoTime() - begin) / 1_000_000);
        }

        private void configure(boolean sqlite, int number) throws Exception {
            if (sqlite) {
                node.configure(SQLITE, Map.of("cache.bytes", 1L << 20 | number));
            } else {
                node.configure(
                        StressNode.WITNESS + ".state|" + StressNode.WITNESS + ".a",
                        Map.of("patchbay.provider", "witness-a", "note", "change " + number));
            }
        }
    }
}
