// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import java.util.List;

/**
 * Claims how short the pause is that a change of the state provider makes: for a bind that moves nothing, and for one that
 * moves a plugin's keys, between real stores. The short form swaps and moves, and measures no time.
 */
public final class SwapPause implements NamedRun {
    /** From which provider to which. */
    private static final List<List<String>> WAYS = List.of(
            List.of(PauseNode.MEMORY, PauseNode.SQLITE),
            List.of(PauseNode.SQLITE, PauseNode.JDBC),
            List.of(PauseNode.JDBC, PauseNode.REDIS));

    @Override
    public String name() {
        return "swap-pause";
    }

    @Override
    public String description() {
        return "calls around a swap of state take at most 1 ms more (p99.9); a move holds its plugin's writes for 50 ms";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        try (PauseNode node = PauseNode.start(options.scratch());
                StallWatch watch = options.shortForm() ? StallWatch.none() : StallWatch.start()) {
            for (List<String> way : WAYS) {
                new PlainSwap(node, watch, way, options.shortForm()).ofTheDefault(report);
            }
            new PlainSwap(node, watch, List.of(PauseNode.JDBC, PauseNode.JDBC_TWIN), options.shortForm())
                    .ofTheSameStore(report);
            for (List<String> way : WAYS) {
                new CopyPause(node, way.get(0), way.get(1), options).run(report);
            }
        }
    }
}
