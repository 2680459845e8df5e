// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of documentation whose commands are executed and compared with what it says, by {@code docs/check}. Needs Go.
 *
 * @param path the page, below the root of the checkout
 */
public record Page(Path path) {
    private static final Pattern COMMANDS = Pattern.compile(": (\\d+) commands print what the page says");
    private static final String CONSOLE = "```console";
    private static final String COMMAND = "$ ";
    private static final String MORE = "> ";

    /**
     * Runs the page, and reports how many of its commands print what it says, and whether one does not.
     *
     * @param prefix of the rows' names
     * @param environment what the commands find in their environment besides this process's
     */
    public void check(RunOptions options, Report report, String prefix, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path page = options.root().resolve(path);
        Tool tool = new Tool(options.root().resolve("docs").resolve("check"), options.scratch(), environment);
        Tool.Result result = tool.run("go", "run", ".", "-bin", options.root().toString(), page.toString());
        Matcher commands = COMMANDS.matcher(result.out());
        int matched = commands.find() ? Integer.parseInt(commands.group(1)) : 0;
        if (result.exit() != 0) {
            System.err.print(result.err());
        }
        report.count(
                prefix + "commands-as-written",
                matched,
                Target.exactly(commands(Files.readAllLines(page, StandardCharsets.UTF_8))
                        .size()));
        report.never(prefix + "first-mismatch", result.exit() == 0 ? 0 : 1);
    }

    /**
     * The commands in the consoles of a page, in order and without the prompt; one that is continued is one.
     *
     * @param lines of the page, or of a part of it
     */
    public static List<String> commands(List<String> lines) {
        List<String> commands = new ArrayList<>();
        boolean console = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                console = line.equals(CONSOLE);
            } else if (console && line.startsWith(COMMAND)) {
                commands.add(line.substring(COMMAND.length()));
            } else if (console && line.startsWith(MORE)) {
                String begun = commands.remove(commands.size() - 1);
                // An end of line that is not escaped ends a command.
                commands.add((begun.endsWith("\\") ? begun.substring(0, begun.length() - 1) : begun + ";")
                        + line.substring(MORE.length()));
            }
        }
        return List.copyOf(commands);
    }
}
