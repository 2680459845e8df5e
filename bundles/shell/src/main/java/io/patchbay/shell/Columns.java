// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines whose cells stand below each other. */
final class Columns {
    private static final String GAP = "  ";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}", Pattern.UNICODE_CHARACTER_CLASS);

    private final List<List<String>> rows = new ArrayList<>();

    Columns row(String... cells) {
        rows.add(Arrays.stream(cells).map(Columns::printable).toList());
        return this;
    }

    /** What a terminal would act on is shown, not sent. */
    private static String printable(String cell) {
        return CONTROL.matcher(cell)
                .replaceAll(found -> Matcher.quoteReplacement(
                        String.format("\\u%04x", found.group().codePointAt(0))));
    }

    /**
     * All lines, without a line feed at the end; the last cell of a row is not padded, and a row of one cell is a line
     * between the others, however long.
     */
    String text() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size() && row.size() > 1; i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                if (i < row.size() - 1) {
                    line.append(" ".repeat(widths.get(i) - row.get(i).length())).append(GAP);
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return String.join("\n", lines);
    }
}
