// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.vectors;

import com.google.gson.JsonParser;
import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
        String file = System.getProperty("patchbay.vectors", "");
        List<String> properties = file.isEmpty()
                ? List.of()
                : List.of("patchbay.vectors=" + Path.of(file).toAbsolutePath());
        IntegrationTest.Counts counts =
                new IntegrationTest(options).run(properties, options.shortForm() ? TEST + "#" + EVERY_VECTOR : TEST);
        counts.report(report, given(options.root().resolve("itests")));
    }

    /** How many vectors there are; each is at least one test. */
    private static int given(Path itests) throws IOException {
        String own = System.getProperty("patchbay.vectors", "");
        Path file = own.isEmpty() ? itests.resolve("src/test/resources/vectors.json") : Path.of(own);
        return JsonParser.parseString(Files.readString(file)).getAsJsonArray().size();
    }
}
