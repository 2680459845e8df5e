// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Maven;
import io.patchbay.bench.cli.TestReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Claims that the integration tests hold in each container, and shows which of them are not run where, and why. In its short
 * form it takes what the last {@code mvn verify} reported of Felix and Equinox, if that is whole and newer than the sources.
 */
public final class Containers implements NamedRun {
    private static final List<String> EMBEDDED = List.of("felix", "equinox");
    private static final String KARAF = "karaf";
    private static final String TEST = "IT.java";

    /** Rooms that the integration tests are about, or made of. */
    private static final List<String> SOURCES =
            List.of("pom.xml", "api", "bundles", "providers", "launcher", "features", "examples/app", "itests");

    @Override
    public String name() {
        return "containers";
    }

    @Override
    public String description() {
        return "the integration tests in Felix, Equinox and Karaf: one table, what is not run somewhere with its reason";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Path root = options.root();
        Set<String> classes = classes(root);
        // Read at once: the next build of the tests forgets them.
        Map<String, TestReports> reported = reported(root, EMBEDDED);
        Optional<String> refusal = options.shortForm()
                ? refusal(reported, classes, newestSource(root))
                : Optional.of("the long form runs all tests");
        InstalledArtifacts.install(options);
        if (refusal.isPresent()) {
            System.err.println(name() + ": reports of an earlier build are not taken: " + refusal.get());
            test(options, "in Felix and Equinox", List.of());
            reported = reported(root, EMBEDDED);
        }
        test(options, "in Karaf", List.of("-Pkaraf"));
        Map<String, TestReports> all = new LinkedHashMap<>(reported);
        all.putAll(reported(root, List.of(KARAF)));
        ContainerTable table = new ContainerTable(classes, all);
        System.err.print(table.text());
        table.report(report);
    }

    /** Runs them; those that fail are in the reports. */
    private static void test(RunOptions options, String where, List<String> profile) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("-pl", "itests", "verify", "-Dquick"));
        arguments.addAll(profile);
        new Maven(options, options.root()).run("the integration tests " + where, arguments);
    }

    private static Map<String, TestReports> reported(Path root, List<String> containers) throws IOException {
        Map<String, TestReports> reports = new LinkedHashMap<>();
        for (String container : containers) {
            reports.put(container, TestReports.read(root.resolve("itests/target/failsafe-reports"), "-" + container));
        }
        return reports;
    }

    /** Why these say nothing about the sources as they are; nothing if they do. */
    static Optional<String> refusal(Map<String, TestReports> reported, Set<String> classes, FileTime sources) {
        for (Map.Entry<String, TestReports> one : reported.entrySet()) {
            TestReports reports = one.getValue();
            if (!reports.suites().keySet().equals(classes)) {
                return Optional.of(
                        one.getKey() + " reported " + reports.suites().size() + " of " + classes.size() + " classes");
            }
            if (reports.since().filter(since -> since.compareTo(sources) > 0).isEmpty()) {
                return Optional.of("sources were changed after they ran in " + one.getKey());
            }
        }
        return Optional.empty();
    }

    private static Set<String> classes(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("itests/src/test/java/io/patchbay/itests"))) {
            Set<String> classes = new TreeSet<>();
            files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(TEST))
                    .forEach(file -> classes.add(file.replace(".java", "")));
            return classes;
        }
    }

    private static FileTime newestSource(Path root) throws IOException {
        FileTime newest = FileTime.fromMillis(0);
        for (String source : SOURCES) {
            try (Stream<Path> files = Files.walk(root.resolve(source))) {
                for (Path file : files.filter(Containers::isSource).toList()) {
                    FileTime changed = Files.getLastModifiedTime(file);
                    newest = changed.compareTo(newest) > 0 ? changed : newest;
                }
            }
        }
        return newest;
    }

    private static boolean isSource(Path file) {
        return Files.isRegularFile(file) && !file.toString().contains("/target/");
    }
}
