// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Claims that every command in the author's first page prints what the page says. Needs Go. */
public final class DocsAuthor implements NamedRun {
    private static final Path PAGE = Path.of("docs", "author", "first-plugin.md");
    private static final Pattern COMMANDS = Pattern.compile(": (\\d+) commands print what the page says");

    @Override
    public String name() {
        return "docs-author";
    }

    @Override
    public String description() {
        return "every command in docs/author/first-plugin.md is executed and its output compared (needs Go)";
    }

    @Override
    public void run(RunOptions options, Report report) throws IOException, InterruptedException {
        Path checker = options.root().resolve("docs").resolve("check");
        Path page = options.root().resolve(PAGE);
        Tool tool = new Tool(checker, options.scratch(), Map.of());
        Tool.Result result = tool.run("go", "run", ".", "-bin", options.root().toString(), page.toString());
        Matcher commands = COMMANDS.matcher(result.out());
        int matched = commands.find() ? Integer.parseInt(commands.group(1)) : 0;
        if (result.exit() != 0) {
            System.err.print(result.err());
        }
        report.count("commands-as-written", matched, Target.exactly(commandsOf(page)));
        report.never("first-mismatch", result.exit() == 0 ? 0 : 1);
    }

    private static long commandsOf(Path page) throws IOException {
        boolean console = false;
        long commands = 0;
        for (String line : Files.readAllLines(page, StandardCharsets.UTF_8)) {
            if (line.startsWith("```")) {
                console = line.equals("```console");
            } else if (console && line.startsWith("$ ")) {
                commands++;
            }
        }
        return commands;
    }
}
