// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import io.patchbay.bench.cli.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A page of documentation up to the end of its first section.
 *
 * @param text what the page says up to there
 * @param commands those of its consoles, in order, one that is continued as one
 */
record FirstPart(String text, List<String> commands) {
    private static final String HEADING = "## ";

    /** Reads one. */
    static FirstPart of(Path page) throws IOException {
        List<String> lines = new ArrayList<>();
        int headings = 0;
        for (String line : Files.readAllLines(page)) {
            headings += line.startsWith(HEADING) ? 1 : 0;
            if (headings < 2) {
                lines.add(line);
            }
        }
        return new FirstPart(String.join("\n", lines) + "\n", Page.commands(lines));
    }

    /** Whether a command is more than one process, or gives a console several commands at once. */
    static boolean isSeveral(String command) {
        String outsideOfQuotes = command.replaceAll("'[^']*'|\"[^\"]*\"", "");
        return command.matches(".*(;|&&|\\$\\(|`).*") || outsideOfQuotes.matches(".*[&|<>].*");
    }

    /** Whether a command starts something of the checkout. */
    static boolean isOurs(String command) {
        return command.startsWith("$PATCHBAY") || command.startsWith("\"$PATCHBAY");
    }
}
