// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.hostcall;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.jmh.Jmh;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.results.RunResult;

/** Says what one host call costs, and what it allocates. The short form checks answers and counts only. */
public final class HostCallRun implements NamedRun {
    @Override
    public String name() {
        return "hostcall";
    }

    @Override
    public String description() {
        return "one info.now and one state.get host call, with allocation, beside the bare engine's (JMH)";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        if (options.shortForm()) {
            check(options, report);
            return;
        }
        for (RunResult result : Jmh.measure(HostCallBenchmark.class, ".*", 1, options.scratch())) {
            Jmh.report(result, "", Target.none(), Target.none(), report);
        }
    }

    private static void check(RunOptions options, Report report) throws Exception {
        int turns = 1_000;
        try (EmbeddedNode node = EmbeddedNode.start(options.scratch())) {
            RelayPlugin plugin = RelayPlugin.install(node, "hostcall", options.scratch());
            plugin.grant(List.of("info.now", "state.get", "state.set"));
            long before = System.currentTimeMillis();
            String now = text(plugin.callRaw(RuntimeCall.valid("info.now"), turns));
            report.figure(
                    "info.now-within-seconds",
                    Math.abs(Long.parseLong(now.substring(now.length() - 13)) - before) / 1e3,
                    "s",
                    Target.atMost(60));
            plugin.call(RuntimeCall.set("hot", "warm"));
            boolean right = text(plugin.callRaw(RuntimeCall.get("hot"), turns)).contains("warm");
            report.figure("state.get-right", right ? 1 : 0, "bool", Target.exactly(1));
        }
        new BareEngine().call(turns);
        report.count("calls-each", turns, Target.exactly(turns));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
