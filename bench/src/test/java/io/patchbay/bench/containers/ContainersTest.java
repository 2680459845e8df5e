// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bench.cli.TestReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainersTest {
    private static final FileTime SOURCES = FileTime.fromMillis(2_000);
    private static final FileTime BEFORE = FileTime.fromMillis(1_000);
    private static final FileTime AFTER = FileTime.fromMillis(3_000);
    private static final Set<String> CLASSES = new TreeSet<>(Set.of("OneIT", "TwoIT"));

    @TempDir
    Path folder;

    /** As failsafe does. */
    private void reported(String container, String test, FileTime when, String attributes, String cases)
            throws IOException {
        Path file = folder.resolve("TEST-io.patchbay.itests." + test + "-" + container + ".xml");
        Files.writeString(
                file,
                "<testsuite name=\"io.patchbay.itests." + test + "\" " + attributes + ">" + cases + "</testsuite>");
        Files.setLastModifiedTime(file, when);
    }

    private void passed(String container, String test, FileTime when) throws IOException {
        reported(
                container,
                test,
                when,
                "tests=\"2\" errors=\"0\" skipped=\"0\" failures=\"0\"",
                "<testcase name=\"a\"/><testcase name=\"b\"/>");
    }

    private Map<String, TestReports> read(String... containers) throws IOException {
        Map<String, TestReports> reports = new LinkedHashMap<>();
        for (String container : containers) {
            reports.put(container, TestReports.read(folder, "-" + container));
        }
        return reports;
    }

    @Test
    void wholeReportsThatAreNewerThanTheSourcesAreTaken() throws IOException {
        passed("felix", "OneIT", AFTER);
        passed("felix", "TwoIT", AFTER);

        assertThat(Containers.refusal(read("felix"), CLASSES, SOURCES)).isEmpty();
    }

    @Test
    void reportsThatAreOlderThanASourceAreRefused() throws IOException {
        passed("felix", "OneIT", AFTER);
        passed("felix", "TwoIT", BEFORE);

        assertThat(Containers.refusal(read("felix"), CLASSES, SOURCES))
                .contains("sources were changed after they ran in felix");
    }

    @Test
    void reportsOfSomeClassesAreRefused() throws IOException {
        passed("felix", "OneIT", AFTER);
        passed("felix", "TwoIT", AFTER);
        passed("equinox", "TwoIT", AFTER);

        assertThat(Containers.refusal(read("felix", "equinox"), CLASSES, SOURCES))
                .contains("equinox reported 1 of 2 classes");
    }

    @Test
    void noReportsAreRefused() throws IOException {
        assertThat(Containers.refusal(
                        Map.of("felix", TestReports.read(folder.resolve("none"), "-felix")), CLASSES, SOURCES))
                .contains("felix reported 0 of 2 classes");
    }

    @Test
    void theTableSaysWhatFailedAndWhatIsLeftOutAndWhy() throws IOException {
        passed("felix", "OneIT", AFTER);
        reported(
                "felix",
                "TwoIT",
                AFTER,
                "tests=\"3\" errors=\"1\" skipped=\"1\" failures=\"0\"",
                "<testcase name=\"a\"/><testcase name=\"b\"><error/></testcase>"
                        + "<testcase name=\"c\"><skipped message=\"too long\"/></testcase>");
        reported(
                "karaf",
                "OneIT",
                AFTER,
                "tests=\"2\" errors=\"0\" skipped=\"2\" failures=\"0\"",
                "<testcase name=\"a\"><skipped message=\"not its matter\"/></testcase>"
                        + "<testcase name=\"b\"><skipped message=\"not its matter\"/></testcase>");

        String[] lines =
                new ContainerTable(CLASSES, read("felix", "karaf")).text().split("\n");

        assertThat(lines[1].split(" +")).containsExactly("", "felix", "karaf");
        assertThat(lines[2].split(" +")).containsExactly("OneIT", "2", "(1)");
        assertThat(lines[3].split(" +")).containsExactly("TwoIT", "2", "1", "FAILED", "(2)", "MISSING");
        assertThat(lines[4].split(" +")).containsExactly("in", "all", "4", "0");
        assertThat(lines[5]).isEqualTo("(1) not its matter");
        assertThat(lines[6]).isEqualTo("(2) too long");
    }
}
