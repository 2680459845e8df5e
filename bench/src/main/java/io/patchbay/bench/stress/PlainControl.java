// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.ShippedBundles;
import io.patchbay.itests.witness.WitnessState;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The control of {@link SwapStress}: the same callers and witnesses in a node whose patch bay is a plain reference. If nothing
 * is seen to fail there, what is not seen to fail elsewhere says nothing.
 */
final class PlainControl {
    private static final int SHORT = 12;
    private static final int LONG = 100;

    private final RunOptions options;
    private final Report report;
    private final LogBook book = new LogBook();

    PlainControl(RunOptions options, Report report) {
        this.options = options;
        this.report = report;
    }

    @SuppressWarnings("try") // the collector does its work by being there
    void run() throws Exception {
        Path folder = Files.createDirectory(options.scratch().resolve("control"));
        Map<String, Map<String, ?>> settings = new HashMap<>(StressNode.ofTheHouse());
        settings.putAll(StressNode.ofTheWitnesses());
        settings.put(StressNode.WITNESS + ".plain", Map.of("note", "on"));
        Verdicts verdicts =
                new Verdicts("control", new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
        EmbeddedNode.Setup setup = new EmbeddedNode.Setup(
                settings,
                Set.of("io.patchbay.bay", "io.patchbay.state.sqlite", "io.patchbay.state.memory"),
                List.of(WitnessState.class));
        try (EmbeddedNode node = EmbeddedNode.start(folder, setup)) {
            node.must("makeStore", Map.of("store", "witness"));
            Path jar = ShippedBundles.jarOf(WitnessState.class);
            List<ManagedBundle> bundles = List.of(
                    ManagedBundle.variant(node, jar, StressNode.WITNESS + ".a"),
                    ManagedBundle.variant(node, jar, StressNode.WITNESS + ".b"));
            int swaps = options.repetitions(SHORT, LONG);
            List<Caller> all = callers(node, folder, verdicts);
            // Else every line would be on the console.
            try (LogCollector ignored = new LogCollector(node, book);
                    Callers callers = new Callers(all)) {
                callers.awaitTurns();
                SplittableRandom random = new SplittableRandom(options.seed());
                for (int i = 0; i < swaps; i++) {
                    String way = BundleSwaps.WAYS.get(random.nextInt(BundleSwaps.WAYS.size()));
                    BundleSwaps.swap("state", way, bundles.get(random.nextInt(bundles.size())))
                            .action()
                            .run();
                    callers.awaitTurns();
                }
                callers.end();
            }
            int late = node.lines("ledger").size();
            long failed = verdicts.of(Verdict.FAILED);
            report.count("control-plain-reference-swaps", swaps, Target.none());
            report.count("control-plain-reference-failed-calls", failed, Target.none());
            report.count("control-plain-reference-calls-into-a-deactivated-provider", late, Target.none());
            report.count("control-plain-reference-failures", failed + late, Target.atLeast(1));
        }
    }

    private List<Caller> callers(EmbeddedNode node, Path folder, Verdicts verdicts) throws Exception {
        StepPlugin plugin = StepPlugin.install(node, "plain", folder);
        Deaths nobodyDies = new Deaths(id -> Store.WITNESS);
        List<Caller> callers = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            String name = "plain-" + i;
            callers.add(new StateCaller(new Line(name, plugin, verdicts, nobodyDies), book.page(name)));
        }
        callers.add(new SlowCaller(
                new Line("plain-slow", plugin, verdicts, nobodyDies), new SplittableRandom(options.seed())));
        return callers;
    }
}
