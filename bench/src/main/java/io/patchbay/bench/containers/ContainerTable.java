// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import io.patchbay.bench.Report;
import io.patchbay.bench.Target;
import io.patchbay.bench.cli.TestReports;
import io.patchbay.bench.cli.TestReports.Suite;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tests x containers.
 *
 * @param classes of tests, by their simple names; a row each
 * @param reports of each container, in the order of the columns
 */
record ContainerTable(Set<String> classes, Map<String, TestReports> reports) {
    private static final String NAME = "%-24s";
    private static final String CELL = "%16s";

    /** For people: tests run, those that failed, and a number for the reason why some, or all, are left out. */
    String text() {
        List<String> reasons = new ArrayList<>();
        StringBuilder text = new StringBuilder("Tests run; (n): left out, and why.\n").append(NAME.formatted(""));
        reports.keySet().forEach(container -> text.append(CELL.formatted(container)));
        for (String test : classes) {
            text.append('\n').append(NAME.formatted(test));
            reports.values().forEach(container -> text.append(CELL.formatted(cell(container, test, reasons))));
        }
        text.append('\n').append(NAME.formatted("in all"));
        reports.values().forEach(container -> text.append(CELL.formatted(container.passed() + container.failed())));
        for (int i = 0; i < reasons.size(); i++) {
            text.append("\n(").append(i + 1).append(") ").append(reasons.get(i));
        }
        return text.append('\n').toString();
    }

    private static String cell(TestReports container, String test, List<String> reasons) {
        Suite suite = container.suites().get(test);
        if (suite == null) {
            return "MISSING";
        }
        List<String> parts = new ArrayList<>();
        if (suite.run() > 0) {
            parts.add(String.valueOf(suite.run()));
        }
        if (suite.failed() > 0) {
            parts.add(suite.failed() + " FAILED");
        }
        for (String message : new TreeSet<>(suite.leftOut())) {
            // What JUnit says of the condition, then what was written at the test.
            String reason = message.replaceFirst("^.* ==> ", "");
            if (!reasons.contains(reason)) {
                reasons.add(reason);
            }
            parts.add("(" + (reasons.indexOf(reason) + 1) + ")");
        }
        return String.join(" ", parts);
    }

    /** For each container what ran, and what must not be: failures, classes without a report, gaps without a reason. */
    void report(Report report) {
        reports.forEach((container, found) -> {
            report.count(container + "-tests", found.passed(), Target.atLeast(1));
            report.never(container + "-failed", found.failed());
            report.never(
                    container + "-classes-missing",
                    classes.stream()
                            .filter(test -> !found.suites().containsKey(test))
                            .count());
            report.count(
                    container + "-classes-left-out",
                    found.suites().values().stream()
                            .filter(suite -> suite.run() == 0)
                            .count(),
                    Target.none());
            report.never(
                    container + "-left-out-without-a-reason",
                    found.suites().values().stream()
                            .flatMap(suite -> suite.leftOut().stream())
                            .filter(String::isBlank)
                            .count());
        });
        report.never(
                "classes-that-differ", classes.stream().filter(this::differs).count());
    }

    /** Whether a class ran with more tests in one container than in another. */
    private boolean differs(String test) {
        return reports.values().stream()
                        .map(container -> container.suites().get(test))
                        .filter(suite -> suite != null && suite.run() > 0)
                        .map(suite -> suite.run() + suite.leftOut().size())
                        .distinct()
                        .count()
                > 1;
    }
}
