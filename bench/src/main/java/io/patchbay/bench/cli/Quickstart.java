// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Claims that a fresh clone of this checkout's HEAD does what the README says, without Go: both commands in the long form, the
 * first in the short one, whose time is not looked at.
 */
public final class Quickstart implements NamedRun {
    private static final double SECOND_RUN_SECONDS = 2.5;
    private static final int SECOND_RUNS = 7;
    private static final String[] README_RUN = {"./patchbay", "run", "examples/export-report", "--grant", "all"};
    private static final String COMPILING = "compil";
    private static final String COMPILED_FOLDER = "compiled" + File.separator;

    @Override
    public String name() {
        return "quickstart";
    }

    @Override
    public String description() {
        return "a clone of HEAD without Go: the README's commands, the second run's time, a broken stored file";
    }

    @Override
    public void run(RunOptions options, Report report) throws IOException, InterruptedException {
        Path clone = options.scratch().resolve("clone");
        new Tool(options.root(), options.scratch(), Map.of())
                .run("git", "clone", "-q", options.root().toString(), clone.toString())
                .orFail();
        Tool tool = new Tool(clone, options.scratch(), environment(options.scratch()));
        report.never("go-on-the-path", tool.run("sh", "-c", "command -v go").exit() == 0 ? 1 : 0);

        Tool.Result first = tool.run(README_RUN).orFail();
        ExportAnswer answer = ExportAnswer.parse(first.out());
        report.figure("first-run-with-build", first.seconds(), "s", Target.none());
        report.figure(
                "first-answer-remembers-nothing", answer.previousExport().isEmpty() ? 1 : 0, "bool", Target.exactly(1));
        answer =
                runAgain(tool, answer, options.shortForm() ? Target.none() : Target.atMost(SECOND_RUN_SECONDS), report);
        flipBytes(tool, clone, answer, options.seed(), report);
        if (!options.shortForm()) {
            Tool.Result verify = tool.run("mvn", "-B", "-ntp", "verify");
            if (verify.exit() != 0) {
                System.err.print(verify.out());
            }
            report.figure("mvn-verify-exit", verify.exit(), "code", Target.exactly(0));
            report.figure("mvn-verify", verify.seconds(), "s", Target.none());
        }
    }

    private static Map<String, String> environment(Path scratch) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("PATH", WithoutGo.of(System.getenv().getOrDefault("PATH", ""), scratch));
        environment.put("PATCHBAY_DATA", "");
        environment.put("PATCHBAY_JAVA_OPTS", "");
        return environment;
    }

    private static ExportAnswer runAgain(Tool tool, ExportAnswer first, Target median, Report report)
            throws IOException, InterruptedException {
        double[] seconds = new double[SECOND_RUNS];
        int remembered = 0;
        int compiled = 0;
        ExportAnswer last = first;
        for (int i = 0; i < SECOND_RUNS; i++) {
            Tool.Result result = tool.run(README_RUN).orFail();
            ExportAnswer next = ExportAnswer.parse(result.out());
            remembered += next.previousExport().equals(last.now()) ? 1 : 0;
            compiled += result.err().contains(COMPILING) ? 1 : 0;
            seconds[i] = result.seconds();
            last = next;
        }
        Arrays.sort(seconds);
        report.count("previous-export-remembered", remembered, Target.exactly(SECOND_RUNS));
        report.never("compiled-again", compiled);
        report.figure("second-run-best", seconds[0], "s", Target.none());
        report.figure("second-run-median", seconds[SECOND_RUNS / 2], "s", median);
        return last;
    }

    /** One byte of each stored compiled file is flipped: it must be compiled anew, and never be loaded. */
    private static void flipBytes(Tool tool, Path clone, ExportAnswer before, long seed, Report report)
            throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(seed);
        List<Path> stored = compiledFiles(clone.resolve(".patchbay"));
        report.count("stored-compiled-files", stored.size(), Target.atLeast(1));
        int recompiled = 0;
        int right = 0;
        ExportAnswer last = before;
        for (Path file : stored) {
            byte[] bytes = Files.readAllBytes(file);
            byte[] broken = bytes.clone();
            int at = random.nextInt(bytes.length);
            broken[at] ^= (byte) (1 << random.nextInt(8));
            file.toFile().setWritable(true);
            Files.write(file, broken);
            Tool.Result result = tool.run(README_RUN).orFail();
            ExportAnswer next = ExportAnswer.parse(result.out());
            right += next.previousExport().equals(last.now()) ? 1 : 0;
            boolean replaced = !Arrays.equals(Files.readAllBytes(file), broken);
            recompiled += replaced && result.err().contains(COMPILING) ? 1 : 0;
            last = next;
        }
        report.count("flipped-recompiled", recompiled, Target.exactly(stored.size()));
        report.count("flipped-right-answers", right, Target.exactly(stored.size()));
    }

    private static List<Path> compiledFiles(Path data) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(data)) {
            all.filter(Files::isRegularFile)
                    .filter(file -> data.relativize(file).toString().contains(COMPILED_FOLDER))
                    .sorted()
                    .forEach(files::add);
        }
        return files;
    }
}
