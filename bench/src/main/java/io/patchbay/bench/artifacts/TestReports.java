// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What surefire and failsafe write about the tests that they ran. */
final class TestReports {
    private static final Pattern SUITE = Pattern.compile(
            "<testsuite [^>]*?\\btests=\"(\\d+)\"[^>]*?\\berrors=\"(\\d+)\"[^>]*?\\bskipped=\"(\\d+)\"[^>]*?\\bfailures=\"(\\d+)\"");

    private TestReports() {}

    /**
     * Counts the tests that passed.
     *
     * @param folder with the reports, one for each class
     * @param suffix of the reports that count, without the file's ending
     */
    static int passed(Path folder, String suffix) throws IOException {
        int passed = 0;
        for (Path report : reports(folder, suffix + ".xml")) {
            Matcher suite = SUITE.matcher(Files.readString(report));
            if (!suite.find()) {
                throw new AssertionError("no suite in " + report);
            }
            passed += Integer.parseInt(suite.group(1));
            for (int group = 2; group <= 4; group++) {
                passed -= Integer.parseInt(suite.group(group));
            }
        }
        return passed;
    }

    private static List<Path> reports(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("TEST-")
                            && file.toString().endsWith(end))
                    .toList();
        }
    }
}
