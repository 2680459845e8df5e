// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.itests.harness.SyslogReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Claims that every command in the extender's tutorial prints what the page says, and that it takes at most six, each one
 * process, from the template to a provider that serves. Needs Go.
 */
public final class DocsExtend implements NamedRun {
    private static final Path PATH = Path.of("docs", "extend", "provider.md");
    private static final String SECTION = "## From the template to swapped in";
    private static final String LAST = "patchbay bind ";
    private static final int MOST = 6;
    private static final String LOGGED = "export started taskID=42";

    @Override
    public String name() {
        return "docs-extend";
    }

    @Override
    public String description() {
        return "every command in docs/extend/provider.md is executed and compared; six to a provider that serves (needs Go)";
    }

    @Override
    public void run(RunOptions options, Report report) throws IOException, InterruptedException {
        List<String> commands = commandsToServe(options.root().resolve(PATH));
        report.count("commands-to-swapped-in", commands.size(), Target.atMost(MOST));
        report.never(
                "commands-that-are-several",
                commands.stream()
                        .filter(command -> command.matches(".*(;|&|\\||`|\\$\\().*"))
                        .count());
        try (SyslogReceiver syslog = new SyslogReceiver()) {
            Map<String, String> environment = Map.of(
                    "PATCHBAY",
                    options.root().toString(),
                    "PATCHBAY_DATA",
                    ".patchbay",
                    "PATCHBAY_LISTEN",
                    "0",
                    "SYSLOG_HOST",
                    "127.0.0.1",
                    "SYSLOG_PORT",
                    String.valueOf(syslog.port()));
            new Page(PATH).check(options, report, "", environment);
            report.count(
                    "lines-at-the-syslog-server",
                    syslog.messages().stream()
                            .filter(message -> message.endsWith(LOGGED))
                            .count(),
                    Target.exactly(1));
        }
    }

    private static List<String> commandsToServe(Path page) throws IOException {
        List<String> commands = Page.commands(Files.readAllLines(page, StandardCharsets.UTF_8).stream()
                .dropWhile(line -> !line.equals(SECTION))
                .toList());
        int last = commands.stream()
                .map(command -> command.startsWith(LAST))
                .toList()
                .indexOf(true);
        if (last < 0) {
            throw new AssertionError("no command " + LAST + "in " + page);
        }
        return commands.subList(0, last + 1);
    }
}
