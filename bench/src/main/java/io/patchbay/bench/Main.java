// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import io.patchbay.bench.hostcall.BareEngine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs named runs and ends non-zero when one misses a target: 0 all met, 1 missed or failed, 2 usage. */
public final class Main {
    private final List<NamedRun> catalogue;
    private final Calibration calibration;
    private final Path root;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * A runner of the given runs.
     *
     * @param catalogue the runs there are
     * @param calibration scales targets to this machine
     * @param root the root of the checkout
     * @param out where figures go
     * @param err where errors go
     */
    Main(List<NamedRun> catalogue, Calibration calibration, Path root, PrintStream out, PrintStream err) {
        this.catalogue = List.copyOf(catalogue);
        this.calibration = calibration;
        this.root = root;
        this.out = out;
        this.err = err;
    }

    /**
     * The entry of {@code bench/run}, which sets the property {@code patchbay.root}.
     *
     * @param args see {@link CommandLine#USAGE}
     */
    public static void main(String[] args) {
        Path root = Path.of(System.getProperty("patchbay.root", "")).toAbsolutePath();
        Main main =
                new Main(Catalogue.all(), new Calibration(BareEngine::noopHostCallNanos), root, System.out, System.err);
        System.exit(main.run(args));
    }

    /** Runs a command line and returns its exit code. */
    int run(String... args) {
        List<NamedRun> chosen;
        CommandLine line;
        try {
            line = CommandLine.parse(args);
            chosen = chosen(line.names());
        } catch (IllegalArgumentException e) {
            err.println("bench/run: " + e.getMessage());
            err.println(CommandLine.USAGE);
            return 2;
        }
        if (line.list()) {
            catalogue.forEach(run -> out.printf("%-14s %s%n", run.name(), run.description()));
            return 0;
        }
        boolean missed = false;
        for (NamedRun run : chosen) {
            missed |= !isMet(run, line);
        }
        return missed ? 1 : 0;
    }

    private List<NamedRun> chosen(List<String> names) {
        List<NamedRun> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(catalogue.stream()
                    .filter(run -> run.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "there is no run named \"" + name + "\"; --list shows those there are")));
        }
        return chosen;
    }

    private boolean isMet(NamedRun run, CommandLine line) {
        Report report = new Report(run.name(), calibration, line.json(), out);
        Path scratch = null;
        try {
            scratch = Files.createTempDirectory("patchbay-bench-");
            run.run(new RunOptions(line.shortForm(), line.seed(), root, scratch), report);
            return !report.hasMissed();
        } catch (Exception | AssertionError e) {
            err.println("bench/run: " + run.name() + " failed, seed " + line.seed() + ":");
            e.printStackTrace(err);
            report.figure("finished", 0, "bool", Target.exactly(1));
            return false;
        } finally {
            if (scratch != null) {
                delete(scratch);
            }
        }
    }

    private void delete(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            content.sorted(Comparator.reverseOrder())
                    .forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            err.println("bench/run: " + folder + " is left behind: " + e.getMessage());
        }
    }
}
