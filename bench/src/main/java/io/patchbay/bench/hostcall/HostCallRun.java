// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.hostcall;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Says what one host call costs, and what it allocates. The short form checks answers and counts only. */
public final class HostCallRun implements NamedRun {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

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
        measure(options).forEach(result -> report(result, report));
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

    private static Collection<RunResult> measure(RunOptions options) throws Exception {
        Options jmh = new OptionsBuilder()
                .include(HostCallBenchmark.class.getName().replace(".", "\\."))
                .forks(2)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(2))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Djava.io.tmpdir=" + options.scratch())
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(jmh).run();
    }

    private static void report(RunResult result, Report report) {
        String benchmark = result.getParams().getBenchmark();
        String row = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        report.figure(row, result.getPrimaryResult().getScore(), "ns/op", Target.none());
        report.figure(row + "-error", result.getPrimaryResult().getScoreError(), "ns/op", Target.none());
        report.figure(
                row + "-allocated",
                Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                        .getScore(),
                "B/op",
                Target.none());
    }
}
