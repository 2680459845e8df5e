// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Claims that whatever happens to providers of state and log while plugins call - every kind of swap, in random order, server
 * deaths and updates of our own bundles among them - no call fails, no acknowledged write is lost or done twice, no other store
 * than the owner answers, nobody calls a provider that was stopped, and no log line is lost; in a stranger's kind, too.
 */
public final class SwapStress implements NamedRun {
    private static final String RUN = "swap-stress";
    private static final List<String> PLUGINS = List.of("alpha", "beta", "gamma", "delta");
    private static final String SLOW = "slow";
    private static final int CALLERS_OF_EACH = 2;
    private static final int OWN_UPDATES_SHORT = 3;
    private static final int OWN_UPDATES_LONG = 50;
    private static final int MOST_FAILED_SWAPS = 10;

    private static final List<String> PROVIDERS = List.of(
            "state=sqlite",
            "state=postgres",
            "state=postgres-too",
            "state=redis",
            "state=redis-too",
            "state=witness-a",
            "state=witness-b",
            "log=console",
            "log=file",
            "log=osgi",
            "log=witness-a",
            "log=witness-b",
            "greeting=greeter-a",
            "greeting=greeter-b");

    @Override
    public String name() {
        return RUN;
    }

    @Override
    public String description() {
        return "state, log and a stranger's kind swapped in every way under load: no call fails, nothing is lost or stale";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        report.figure("seed", (double) options.seed(), "number", Target.none());
        report.figure("grace", (double) StressNode.GRACE.toSeconds(), "s", Target.none());
        try (Servers servers =
                Servers.start(Files.createDirectory(options.scratch().resolve("servers")))) {
            new Stress(options, report, servers).run();
        }
        new PlainControl(options, report).run();
    }

    /** One node from its start to its end. */
    private static final class Stress {
        private final RunOptions options;
        private final Report report;
        private final Servers servers;
        private final PrintStream err = System.err;
        private final Verdicts verdicts = new Verdicts(RUN, err);
        private final Verdicts greetings = new Verdicts(RUN, err);
        private final LogBook book = new LogBook();
        private final Wanted wanted = new Wanted(PLUGINS, List.of(SLOW));
        private final Deaths deaths = new Deaths(wanted::placement);
        private final SplittableRandom random;
        private final Map<String, Integer> done = new TreeMap<>();
        private int failedSwaps;

        Stress(RunOptions options, Report report, Servers servers) {
            this.options = options;
            this.report = report;
            this.servers = servers;
            this.random = new SplittableRandom(options.seed());
        }

        void run() throws Exception {
            LogCollector collector;
            Path logs;
            try (StressNode node = StressNode.start(options.scratch(), servers)) {
                collector = swap(node);
                logs = node.logFolder();
            }
            collector.takeFiles(logs);
            logCounts(collector);
        }

        private LogCollector swap(StressNode node) throws Exception {
            List<Caller> callers = callers(node.embedded());
            Operator operator = new Operator(node.embedded(), wanted, PROVIDERS, verdicts);
            operator.bind(Wanted.STATE, SLOW, "witness-a");
            StateSwaps state = new StateSwaps(node, operator, servers, deaths, random.split());
            List<Swap> swaps = plan(node, operator, state);
            LogCollector collector = new LogCollector(node.embedded(), book);
            try (collector;
                    Callers running = new Callers(callers)) {
                carryOut(swaps, operator, running);
                running.end();
                operator.checkAllUntouched();
            }
            counts(node.embedded(), operator, state, callers.size());
            return collector;
        }

        private List<Caller> callers(EmbeddedNode node) throws Exception {
            List<Caller> callers = new ArrayList<>();
            for (String id : PLUGINS) {
                StepPlugin plugin = StepPlugin.install(node, id, options.scratch());
                for (int i = 1; i <= CALLERS_OF_EACH; i++) {
                    String name = id + "-" + i;
                    callers.add(new StateCaller(new Line(name, plugin, verdicts, deaths), book.page(name)));
                }
            }
            StepPlugin slow = StepPlugin.install(node, SLOW, options.scratch());
            callers.add(new SlowCaller(new Line(SLOW, slow, verdicts, deaths), random.split()));
            StepPlugin greeted = StepPlugin.of(node, PLUGINS.get(0));
            callers.add(new GreetingCaller(new Line(greeted.id() + "-greeted", greeted, greetings, deaths)));
            return callers;
        }

        private List<Swap> plan(StressNode node, Operator operator, StateSwaps state) {
            int updates = options.repetitions(OWN_UPDATES_SHORT, OWN_UPDATES_LONG);
            SwapPlan plan = new SwapPlan(options.shortForm());
            plan.state(state, OwnBundles.updates(node, updates));
            plan.log(new LogSwaps(node, operator, random.split()), OwnBundles.updates(node, updates));
            plan.greeting(new GreetingSwaps(node, operator, random.split()));
            return plan.shuffled(options.seed());
        }

        private void carryOut(List<Swap> swaps, Operator operator, Callers running) throws Exception {
            operator.settle();
            running.awaitTurns();
            Progress progress = new Progress(RUN, swaps.size(), err);
            for (int i = 0; i < swaps.size(); i++) {
                Swap swap = swaps.get(i);
                try {
                    swap.action().run();
                    operator.settle();
                } catch (Exception | AssertionError e) {
                    failedSwaps++;
                    err.println(RUN + ": swap " + i + " (" + swap.row() + ") failed: " + e);
                    if (failedSwaps == MOST_FAILED_SWAPS) {
                        throw e;
                    }
                }
                running.awaitTurns();
                done.merge(swap.row(), 1, Integer::sum);
                progress.at(i + 1, verdicts.of(Verdict.CALL) + " calls, " + verdicts.of(Verdict.FAILED) + " failed");
            }
        }

        private void counts(EmbeddedNode node, Operator operator, StateSwaps state, int callers) {
            done.forEach((row, count) -> report.count("swaps-" + row, count, Target.none()));
            report.never("failed-swaps", failedSwaps);
            report.count("callers", callers, Target.none());
            report.count("calls", verdicts.of(Verdict.CALL), Target.none());
            report.never("failed-calls", verdicts.of(Verdict.FAILED));
            report.figure("longest-call", (double) verdicts.longestMillis(), "ms", Target.none());
            report.count("server-deaths", deaths.count(), Target.exactly(options.repetitions(2, 20)));
            report.count(
                    "calls-inside-a-server-that-died",
                    verdicts.of(Verdict.IN_DOUBT),
                    Target.atMost((double) deaths.count() * callers));
            report.count("acknowledged-writes", verdicts.of(Verdict.WRITE), Target.none());
            report.never("lost-writes", verdicts.of(Verdict.LOST));
            report.never("duplicated-writes", verdicts.of(Verdict.DUPLICATED));
            report.never("half-writes", verdicts.of(Verdict.HALF));
            report.never("answers-of-another-store", verdicts.of(Verdict.FOREIGN));
            report.never("writes-to-another-store", operator.foreignWrites());
            report.never("calls-of-a-higher-ranking-on-another-store", state.intruderCalls());
            report.never("bindings-not-followed", operator.notFollowed());
            List<String> late = node.lines("ledger");
            late.stream().limit(10).forEach(line -> err.println(RUN + ": " + line));
            report.never("calls-into-a-deactivated-provider", late.size());
            report.count("greeting-calls", greetings.of(Verdict.CALL), Target.none());
            report.never("greeting-failed-calls", greetings.of(Verdict.FAILED));
        }

        private void logCounts(LogCollector collector) {
            report.count("log-lines", book.written(), Target.none());
            report.never("lost-log-lines", book.lost());
            report.count("log-lines-twice", book.twice(), Target.none());
            if (book.lost() > 0) {
                err.println(RUN + ": lost lines " + book.examples());
            }
            collector.incidents().forEach(line -> err.println(RUN + ": " + line));
            collector.timeouts().forEach(line -> err.println(RUN + ": " + line));
            report.never("component-runtime-timeouts", collector.timeouts().size());
            collector.errors().stream().limit(10).forEach(line -> err.println(RUN + ": " + line));
            report.count("other-errors-in-the-log", collector.errors().size(), Target.none());
        }
    }
}
