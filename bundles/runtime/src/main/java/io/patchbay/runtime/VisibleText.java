// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.codec.RawText;

/**
 * Text of a guest made fit for one line of a log: control characters, line breaks and characters that reorder text are
 * escaped, bytes that are not UTF-8 are shown as {@code \xNN}, and what is too long is cut with a mark that says how many
 * bytes went (DESIGN 4.1).
 */
final class VisibleText {
    private VisibleText() {}

    /**
     * Makes a text visible.
     *
     * @param raw what the guest sent
     * @param maxBytes the most UTF-8 bytes of the result, the mark not counted
     * @return the text
     */
    static Result of(String raw, int maxBytes) {
        if (raw.length() <= maxBytes / 3 && isPlain(raw)) {
            return new Result(raw, false);
        }
        StringBuilder text = new StringBuilder(Math.min(raw.length(), maxBytes) + 16);
        int bytes = 0;
        int at = 0;
        while (at < raw.length()) {
            int codePoint = raw.codePointAt(at);
            String piece = isPlain(codePoint) ? Character.toString(codePoint) : escape(codePoint);
            bytes += RawText.length(piece);
            if (bytes > maxBytes) {
                int gone = RawText.length(raw.substring(at));
                return new Result(text.append(mark(gone)).toString(), true);
            }
            text.append(piece);
            at += Character.charCount(codePoint);
        }
        return new Result(text.toString(), false);
    }

    /** What is written behind a cut text. */
    static String mark(int bytes) {
        return "...[" + bytes + " bytes cut]";
    }

    private static boolean isPlain(String text) {
        return text.codePoints().allMatch(VisibleText::isPlain);
    }

    private static boolean isPlain(int codePoint) {
        if (codePoint < 0x7F) {
            return codePoint >= 0x20;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> !reorders(codePoint);
        };
    }

    /** The explicit bidirectional controls: they let one line look like another. */
    private static boolean reorders(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E)
                || (codePoint >= 0x2066 && codePoint <= 0x2069)
                || codePoint == 0x200E
                || codePoint == 0x200F
                || codePoint == 0x061C;
    }

    private static String escape(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                codePoint >= 0xDC80 && codePoint <= 0xDCFF
                        ? "\\x%02x".formatted(codePoint - 0xDC00)
                        : "\\u%04x".formatted(codePoint);
        };
    }

    /**
     * A text made visible.
     *
     * @param text with the mark, if any
     * @param cut whether something was cut
     */
    record Result(String text, boolean cut) {}
}
