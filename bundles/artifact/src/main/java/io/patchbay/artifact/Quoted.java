// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

/** Text from an artifact as messages show it: bounded in length, without control characters. */
public final class Quoted {
    private static final int MAX = 120;

    private Quoted() {}

    /**
     * Cuts and escapes a text.
     *
     * @param text what an artifact says, not null
     * @return at most about 120 characters, without line breaks, never null
     */
    public static String text(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MAX) + 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (out.length() >= MAX) {
                return out.append("...").toString();
            }
            if (Character.isISOControl(c) || Character.isSurrogate(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /**
     * Cuts, escapes and quotes a text.
     *
     * @param text what an artifact says, not null
     * @return in double quotes, never null
     */
    public static String quote(String text) {
        return '"' + text(text) + '"';
    }
}
