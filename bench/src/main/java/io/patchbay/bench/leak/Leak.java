// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.leak;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.NodeProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Claims that all our bundles, with plugins that were called, can be put into a running framework and taken out again as often
 * as one likes, and leave no class loader, thread, service or file, and neither heap nor metaspace that grows.
 */
public final class Leak implements NamedRun {
    private static final int SHORT = 3;
    private static final int LONG = 200;
    private static final int TELLS_EVERY = 20;
    private static final double MOST_PERCENT = 2;
    private static final long CYCLE_MILLIS = 120_000;

    private final String framework;
    private final List<Path> first;

    private Leak(String framework, List<Path> first) {
        this.framework = framework;
        this.first = first;
    }

    /** In Felix. */
    public static Leak inFelix() {
        return new Leak("felix", List.of());
    }

    /** In Equinox. */
    public static Leak inEquinox() {
        return new Leak("equinox", List.of(Path.of("bench", "target", "equinox", "org.eclipse.osgi.jar")));
    }

    @Override
    public String name() {
        return framework.equals("felix") ? "leak" : "leak-" + framework;
    }

    @Override
    public String description() {
        return "all our bundles installed, used, uninstalled " + LONG
                + " times: no class loader, thread, service or file left," + " heap and metaspace do not grow";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Target growth = options.shortForm() ? Target.none() : Target.atMost(MOST_PERCENT);
        report(report, cycles(options, NodeProcess.Life.LONG), growth);
        // The longer a virtual machine runs, the more of its methods it has profiles of, and they are in metaspace.
        List<Cycle> unprofiled = later(cycles(options, NodeProcess.Life.LONG_UNPROFILED));
        grew(report, "metaspace-without-profiles", metaspace(unprofiled), growth);
    }

    private List<Cycle> cycles(RunOptions options, NodeProcess.Life life) throws Exception {
        int cycles = options.repetitions(SHORT, LONG);
        Path folder = Files.createDirectory(options.scratch().resolve(framework + "-" + life));
        List<Path> jars = first.stream().map(options.root()::resolve).toList();
        List<String> arguments = List.of(folder.toString(), String.valueOf(cycles), String.valueOf(options.seed()));
        NodeProcess.Program program = new NodeProcess.Program(LeakNode.class, life, List.of(), arguments, jars);
        try (NodeProcess node = NodeProcess.start(folder, program)) {
            List<Cycle> seen = new ArrayList<>();
            node.await(("framework " + framework)::equals, CYCLE_MILLIS);
            int from = 1;
            for (int i = 1; i <= cycles; i++) {
                String line = node.await(from, said -> said.startsWith(Cycle.SAID), CYCLE_MILLIS);
                List<String> said = node.said(from);
                int end = said.indexOf(line);
                seen.add(Cycle.of(said.subList(0, end), line));
                from += end + 1;
                if (i % TELLS_EVERY == 0 || i == cycles) {
                    System.err.println(name() + ": " + i + " of " + cycles + " times, " + line);
                }
            }
            return seen;
        }
    }

    private void report(Report report, List<Cycle> cycles, Target growth) {
        report.count("times", cycles.size(), Target.none());
        for (String kind : Cycle.KINDS) {
            Map<String, Integer> most = new TreeMap<>();
            cycles.forEach(cycle -> cycle.left(kind).forEach((name, count) -> most.merge(name, count, Math::max)));
            most.forEach((name, count) ->
                    System.err.println(name() + ": left a " + kind + ", up to " + count + ": " + name));
            int left = most.values().stream().mapToInt(Integer::intValue).sum();
            report.never(kind + "s-left", left);
        }
        List<Cycle> later = later(cycles);
        grew(report, "heap", later.stream().mapToDouble(Cycle::heap).toArray(), growth);
        double[] kept = later.stream().mapToDouble(Cycle::kept).toArray();
        report.figure(
                "heap-kept-by-the-framework-each-time",
                DoubleStream.of(kept).average().orElseThrow(),
                "B",
                Target.none());
        grew(report, "heap-with-that", withAllKept(later), growth);
        grew(report, "metaspace", metaspace(later), growth);
        grew(
                report,
                "metaspace-of-bundles",
                later.stream()
                        .mapToDouble(cycle -> cycle.metaspace() - cycle.own())
                        .toArray(),
                Target.none());
        report.count("own-classes-of-the-machine-first", later.get(0).ownClasses(), Target.none());
        report.count(
                "own-classes-of-the-machine-last", later.get(later.size() - 1).ownClasses(), Target.none());
        report.count("all-class-loaders-first", later.get(0).loaders(), Target.none());
        report.count("all-class-loaders-last", later.get(later.size() - 1).loaders(), Target.none());
    }

    /** Those after the first tenth, in which everything is used for the first time. */
    private static List<Cycle> later(List<Cycle> cycles) {
        return cycles.subList(cycles.size() / 10, cycles.size());
    }

    private static double[] metaspace(List<Cycle> cycles) {
        return cycles.stream().mapToDouble(Cycle::metaspace).toArray();
    }

    /** What the heap would have been, had nothing been taken out of the framework. */
    private static double[] withAllKept(List<Cycle> cycles) {
        double[] heap = new double[cycles.size()];
        double kept = 0;
        for (int i = 0; i < heap.length; i++) {
            kept += cycles.get(i).kept();
            heap[i] = cycles.get(i).heap() + kept;
        }
        return heap;
    }

    private static void grew(Report report, String what, double[] bytes, Target target) {
        Line line = Line.through(bytes);
        report.figure(what + "-growth", 100 * line.slope() * bytes.length / line.mean(), "%", target);
        report.figure(what + "-growth-each-time", line.slope(), "B", Target.none());
        report.figure(what, line.mean() / (1 << 20), "MiB", Target.none());
    }
}
