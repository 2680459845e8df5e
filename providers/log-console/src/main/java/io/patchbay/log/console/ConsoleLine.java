// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import io.patchbay.provider.log.LogEntry;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** The line for one entry: time, level, and the text of contract 4.1. */
final class ConsoleLine {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private ConsoleLine() {}

    /**
     * Formats an entry. The host has escaped control characters and line breaks, so the text is one line.
     *
     * @param entry not null
     * @return without a line end
     */
    static String of(LogEntry entry) {
        String level = entry.level().word();
        return TIME.format(entry.time()) + " " + level + " ".repeat(8 - level.length()) + entry.text();
    }
}
