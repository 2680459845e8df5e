// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

/**
 * Text that a plugin wrote, made fit for one line on a terminal: what moves the cursor, ends the line or reorders text is
 * escaped. For people alone; programs get the text itself as JSON.
 */
final class Visible {
    private static final int DIGEST_DIGITS = 12;

    private Visible() {}

    /** The whole text. */
    static String of(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(codePoint -> append(visible, codePoint));
        return visible.toString();
    }

    /** At most so many characters of it, with a mark when that is not all. */
    static String of(String text, int most) {
        if (text.codePointCount(0, text.length()) <= most) {
            return of(text);
        }
        return of(text.substring(0, text.offsetByCodePoints(0, most))) + "...";
    }

    /** The first digits of a digest, enough to tell releases apart. */
    static String digest(String digest) {
        return digest.substring(0, Math.min(DIGEST_DIGITS, digest.length()));
    }

    private static void append(StringBuilder visible, int codePoint) {
        switch (codePoint) {
            case '\n' -> visible.append("\\n");
            case '\r' -> visible.append("\\r");
            case '\t' -> visible.append("\\t");
            default -> {
                if (isPlain(codePoint)) {
                    visible.appendCodePoint(codePoint);
                } else {
                    visible.append("\\u%04x".formatted(codePoint));
                }
            }
        }
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
