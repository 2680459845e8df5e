// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.swap;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.itests.provider.SpareState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.framework.Bundle;

/**
 * Claims that each of the five providers is replaced in a running framework, through the service registry, without a failed or
 * a stale call.
 */
public final class SwapSimple implements NamedRun {
    private static final int SHORT_ROUNDS = 2;
    private static final int LONG_ROUNDS = 25;

    @Override
    public String name() {
        return "swap-simple";
    }

    @Override
    public String description() {
        return "all five providers replaced while calls run: none fails, none is stale, straddling calls finish on the old one";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        int rounds = options.repetitions(SHORT_ROUNDS, LONG_ROUNDS);
        ExecutorService callers = Executors.newCachedThreadPool();
        try (EmbeddedNode node = EmbeddedNode.start(options.scratch())) {
            RelayPlugin plugin = RelayPlugin.install(node, "swapped", options.scratch());
            plugin.grant(RuntimeCall.METHODS);
            // The store of the spare state provider is made with the first one: two bundles, one store.
            for (SwappedKind kind : SwappedKind.values()) {
                Swap.registerOld(node, kind);
            }
            Bundle spare = node.add(SpareState.class);
            spare.stop();
            List<Swap.Counts> all = new ArrayList<>();
            for (SwappedKind kind : SwappedKind.values()) {
                Swap.Counts counts = new Swap(node, plugin, kind, spare, callers).run(rounds);
                report.count(kind.kind() + "-straddled-on-old", counts.straddled(), Target.exactly(rounds));
                report.count(kind.kind() + "-gap-calls-answered", counts.returned(), Target.exactly(rounds));
                all.add(counts);
            }
            report.count("calls", all.stream().mapToLong(Swap.Counts::calls).sum(), Target.none());
            report.never(
                    "failed-calls", all.stream().mapToLong(Swap.Counts::failed).sum());
            report.never(
                    "stale-answers", all.stream().mapToLong(Swap.Counts::stale).sum());
        } finally {
            callers.shutdownNow();
        }
    }
}
