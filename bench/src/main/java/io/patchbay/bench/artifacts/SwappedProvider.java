// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.itests.harness.Eventually;
import io.patchbay.itests.harness.SyslogReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The provider of the template in a running node: while HTTP clients have the example plugin log one line for each request, it
 * is bound and taken back, and its bundle is removed and put back. Each line must be at the syslog server or on the console,
 * once.
 */
final class SwappedProvider {
    private static final String PROVIDER = "syslog";
    private static final String JAR = "provider.jar";
    private static final String PID = "com.example.log.syslog";
    private static final String PLUGIN = "export-report";
    private static final int CLIENTS = 4;
    private static final int SHORT = 10;
    private static final int LONG = 200;
    private static final int SHORT_REMOVALS = 1;
    private static final int LONG_REMOVALS = 10;
    /** Answers between two changes. */
    private static final int BETWEEN = 20;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern TASK = Pattern.compile("export started taskID=(\\d+)$");

    private final RunOptions options;
    private final Report report;

    SwappedProvider(RunOptions options, Report report) {
        this.options = options;
        this.report = report;
    }

    /**
     * Swaps.
     *
     * @param node has the example plugin enabled
     * @param jar the provider's bundle
     * @param syslog the server that the provider is told to use
     * @return how many requests there were; each had its number as its task
     */
    long swap(RunningNode node, Path jar, SyslogReceiver syslog) throws Exception {
        int swaps = options.repetitions(SHORT, LONG);
        int removals = options.repetitions(SHORT_REMOVALS, LONG_REMOVALS);
        RouteCallers callers = new RouteCallers(node.routes() + "/x/" + PLUGIN + "/export?taskId=", CLIENTS);
        try {
            node.put(jar, JAR);
            node.command("config", "set", PID, "host=127.0.0.1", "port=" + syslog.port());
            Eventually.holds(PATIENCE, () -> node.offers(PROVIDER));
            bindAndUnbind(node, swaps, callers, syslog);
            removeAndPutBack(node, removals, callers, syslog, jar);
        } finally {
            callers.end();
        }
        report.count("swaps", 2L * swaps, Target.none());
        report.count("bundle-removed-and-put-back", removals, Target.none());
        report.count("calls", callers.asked(), Target.none());
        report.never("failed-calls", callers.failed());
        return callers.asked();
    }

    private static void bindAndUnbind(RunningNode node, int times, RouteCallers callers, SyslogReceiver syslog)
            throws Exception {
        for (int i = 0; i < times; i++) {
            node.verb("bind", "log", PROVIDER);
            int before = syslog.messages().size();
            Eventually.holds(PATIENCE, () -> syslog.messages().size() > before);
            answers(callers);
            node.verb("unbind", "log");
            answers(callers);
        }
    }

    private static void removeAndPutBack(
            RunningNode node, int times, RouteCallers callers, SyslogReceiver syslog, Path jar) throws Exception {
        node.verb("bind", "log", PROVIDER);
        for (int i = 0; i < times; i++) {
            node.remove(JAR);
            Eventually.holds(PATIENCE, () -> !node.offers(PROVIDER));
            answers(callers);
            node.put(jar, JAR);
            Eventually.holds(PATIENCE, () -> node.offers(PROVIDER));
            int before = syslog.messages().size();
            Eventually.holds(PATIENCE, () -> syslog.messages().size() > before);
        }
        node.verb("unbind", "log");
        answers(callers);
    }

    private static void answers(RouteCallers callers) {
        long until = callers.asked() + BETWEEN;
        Eventually.holds(PATIENCE, () -> callers.asked() >= until);
    }

    /** Looks for the line of each request, once the node has ended. */
    void account(long asked, List<String> syslog, List<String> console) {
        int[] times = new int[(int) asked + 1];
        long sent = count(syslog, times);
        long printed = count(console, times);
        report.count("lines-at-the-syslog-server", sent, Target.atLeast(1));
        report.count("lines-on-the-console", printed, Target.atLeast(1));
        int[] tasks = Arrays.copyOfRange(times, 1, times.length);
        report.never(
                "lines-lost", Arrays.stream(tasks).filter(count -> count == 0).count());
        report.never(
                "lines-twice", Arrays.stream(tasks).filter(count -> count > 1).count());
    }

    private static long count(List<String> lines, int[] times) {
        long found = 0;
        for (String line : lines) {
            Matcher task = TASK.matcher(line);
            if (task.find()) {
                times[Integer.parseInt(task.group(1))]++;
                found++;
            }
        }
        return found;
    }
}
