// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The bundle of the template that calls a plugin as a service, in a running node: it makes reports all the while. */
final class CallingApp {
    private static final String JAR = "app.jar";
    private static final String PID = "com.example.reports";
    private static final String COMPLAINT = "no report ";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENOUGH = 5;

    private final Report report;
    private final Path folder;

    CallingApp(RunOptions options, Report report) {
        this.report = report;
        folder = options.scratch().resolve("reports");
    }

    void begin(RunningNode node, Path jar) throws Exception {
        node.put(jar, JAR);
        node.command("config", "set", PID, "folder=" + folder, "every.millis=20");
        awaitMore();
    }

    void removeAndPutBack(RunningNode node, Path jar) throws Exception {
        awaitMore();
        node.remove(JAR);
        // It has stopped when nothing comes any more for longer than a report takes.
        Eventually.holds(PATIENCE, () -> isStill(Duration.ofMillis(500)));
        node.put(jar, JAR);
        awaitMore();
    }

    private boolean isStill(Duration time) throws IOException {
        long before = reports();
        LockSupport.parkNanos(time.toNanos());
        return reports() == before;
    }

    private void awaitMore() throws IOException {
        long until = reports() + ENOUGH;
        Eventually.holds(PATIENCE, () -> reports() >= until);
    }

    private long reports() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    void account(List<String> lines) throws IOException {
        report.count("reports-of-the-app", reports(), Target.atLeast(3 * ENOUGH));
        List<String> complaints =
                lines.stream().filter(line -> line.contains(COMPLAINT)).toList();
        complaints.stream().limit(1).forEach(line -> System.err.println("templates: " + line));
        report.never("failed-calls-of-the-app", complaints.size());
    }
}
