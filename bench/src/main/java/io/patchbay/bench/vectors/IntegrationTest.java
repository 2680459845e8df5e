// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.vectors;

import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.JavaCommand;
import io.patchbay.bench.node.ShippedBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/** Runs integration tests in a process of their own, in their folder, with the bundles as they are shipped. */
public final class IntegrationTest {
    /** For tests that run in one framework. */
    public static final String IN_FELIX = "patchbay.framework=org.apache.felix.framework";

    private final RunOptions options;

    /** @param options of the run whose claim the tests are */
    public IntegrationTest(RunOptions options) {
        this.options = options;
    }

    /** How many tests passed, failed and were skipped. */
    public record Counts(int passed, int failed, int skipped) {
        /**
         * Reports them: none may fail, or be skipped.
         *
         * @param least how many have to pass
         */
        public void report(Report report, int least) {
            report.count("passed", passed, Target.atLeast(least));
            report.never("failed", failed);
            report.never("skipped", skipped);
        }
    }

    /**
     * Runs them.
     *
     * @param properties further system properties, as {@code name=value}
     * @param tests names of classes, or {@code class#method}
     */
    public Counts run(List<String> properties, String... tests) throws IOException, InterruptedException {
        Path bundles = Files.createDirectory(options.scratch().resolve("bundles"));
        ShippedBundles.unpack(bundles);
        ShippedBundles.unpackOfNode(Files.createDirectory(options.scratch().resolve("node-bundles")));
        ShippedBundles.unpackOfHttp(Files.createDirectory(options.scratch().resolve("http-bundles")));
        Path probes = Files.createDirectory(options.scratch().resolve("probes"));
        ShippedBundles.copyProbes(probes);
        List<String> flags = new ArrayList<>();
        flags.add("-Dpatchbay.bundles=" + bundles);
        flags.add("-Dpatchbay.probes=" + probes);
        properties.forEach(property -> flags.add("-D" + property));
        Process process = new ProcessBuilder(JavaCommand.of(flags, TestTally.class, List.of(tests)))
                .directory(options.root().resolve("itests").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        Matcher counts = TestTally.COUNTS.matcher(out);
        if (!counts.find()) {
            throw new AssertionError(List.of(tests) + " gave no counts, exit " + exit + ": " + out);
        }
        return new Counts(
                Integer.parseInt(counts.group("passed")),
                Integer.parseInt(counts.group("failed")),
                Integer.parseInt(counts.group("skipped")));
    }
}
