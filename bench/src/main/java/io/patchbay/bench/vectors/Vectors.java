// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.vectors;

import com.google.gson.JsonParser;
import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.ShippedBundles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * Claims that every golden vector holds: runs the vector test of the integration tests, in a process of its own, in their
 * folder, and counts. The short form leaves out the second way of the exchanges, through a guest made with Go.
 */
public final class Vectors implements NamedRun {
    private static final String TEST = "io.patchbay.itests.GuestVectorsIT";
    private static final String EVERY_VECTOR = "everyVectorHolds";

    @Override
    public String name() {
        return "vectors";
    }

    @Override
    public String description() {
        return "every golden vector: messages and artifacts by the libraries, exchanges through the real host";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Path bundles = Files.createDirectory(options.scratch().resolve("bundles"));
        ShippedBundles.unpack(bundles);
        Path probes = Files.createDirectory(options.scratch().resolve("probes"));
        ShippedBundles.copyProbes(probes);
        Path folder = options.root().resolve("itests");
        Process process = new ProcessBuilder(command(bundles, probes, options.shortForm()))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        Matcher counts = TestTally.COUNTS.matcher(out);
        if (!counts.find()) {
            throw new AssertionError("the vector test gave no counts, exit " + exit + ": " + out);
        }
        report.count("passed", Integer.parseInt(counts.group("passed")), Target.atLeast(given(folder)));
        report.never("failed", Integer.parseInt(counts.group("failed")));
        report.never("skipped", Integer.parseInt(counts.group("skipped")));
    }

    private static List<String> command(Path bundles, Path probes, boolean shortForm) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dpatchbay.bundles=" + bundles);
        command.add("-Dpatchbay.probes=" + probes);
        String file = System.getProperty("patchbay.vectors", "");
        if (!file.isEmpty()) {
            command.add("-Dpatchbay.vectors=" + Path.of(file).toAbsolutePath());
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(TestTally.class.getName());
        command.add(shortForm ? TEST + "#" + EVERY_VECTOR : TEST);
        return command;
    }

    /** How many vectors there are; each is at least one test. */
    private static int given(Path itests) throws IOException {
        String own = System.getProperty("patchbay.vectors", "");
        Path file = own.isEmpty() ? itests.resolve("src/test/resources/vectors.json") : Path.of(own);
        return JsonParser.parseString(Files.readString(file)).getAsJsonArray().size();
    }
}
