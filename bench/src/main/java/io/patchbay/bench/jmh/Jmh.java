// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.jmh;

import io.patchbay.bench.Report;
import io.patchbay.bench.Target;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures benchmarks in JVMs of their own, with what they allocate. */
public final class Jmh {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Jmh() {}

    /**
     * Measures the benchmarks of a class that have a word in their names, or all.
     *
     * @param benchmarks the class
     * @param names a regular expression for the names of its methods
     * @param threads how many threads measure at once
     * @param scratch the temporary folder of the other JVMs
     */
    public static Collection<RunResult> measure(Class<?> benchmarks, String names, int threads, Path scratch)
            throws RunnerException {
        Options options = new OptionsBuilder()
                .include("^" + benchmarks.getName().replace(".", "\\.") + "\\.(" + names + ")$")
                .threads(threads)
                .forks(2)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(2))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(2))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Djava.io.tmpdir=" + scratch)
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(options).run();
    }

    /**
     * Reports time, its error at 99.9 %, and allocation of one benchmark, in rows named after its method.
     *
     * @param suffix what the names of the rows have behind that
     * @param nanos what the time has to be, in ns
     * @param bytes what the allocation has to be, in bytes
     */
    public static void report(RunResult result, String suffix, Target nanos, Target bytes, Report report) {
        String benchmark = result.getParams().getBenchmark();
        String row = benchmark.substring(benchmark.lastIndexOf('.') + 1) + suffix;
        report.figure(row, result.getPrimaryResult().getScore(), "ns/op", nanos);
        report.figure(row + "-error", result.getPrimaryResult().getScoreError(), "ns/op", Target.none());
        report.figure(row + "-allocated", allocated(result), "B/op", bytes);
    }

    private static double allocated(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                .getScore();
    }
}
