// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.patchbay.hostservice.codec.RawText;

/**
 * Names and values of headers between a server, which has a character for each byte, and guests, which have bytes (see
 * {@link RawText}).
 */
final class HeaderText {
    private static final String NAME_MARKS = "!#$%&'*+-.^_`|~";

    private HeaderText() {}

    /** A value as a server gives it, as the text of its bytes. */
    static String received(String value) {
        boolean ascii = true;
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) > 0xff) {
                return value; // a server that decodes by itself
            }
            ascii &= value.charAt(i) < 0x80;
        }
        if (ascii) {
            return value;
        }
        byte[] bytes = value.getBytes(ISO_8859_1);
        return RawText.decode(bytes, 0, bytes.length);
    }

    /** A value of a guest, as a server writes it. */
    static String sent(String value) {
        return new String(RawText.encode(value), ISO_8859_1);
    }

    /**
     * The name in the form that guests look headers up by, whatever the client or a proxy made of it: upper case at the start
     * and behind each hyphen, else lower case. A name that is no token stays as it is.
     */
    static String canonical(String name) {
        if (!isName(name)) {
            return name;
        }
        StringBuilder canonical = new StringBuilder(name.length());
        boolean upper = true;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            canonical.append(upper ? upper(c) : lower(c));
            upper = c == '-';
        }
        return canonical.toString();
    }

    private static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 0x20) : c;
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 0x20) : c;
    }

    /** Whether it is a token (RFC 9110, 5.6.2). */
    static boolean isName(String name) {
        return !name.isEmpty() && name.chars().allMatch(HeaderText::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || NAME_MARKS.indexOf(c) >= 0);
    }

    /** Whether it can stand behind a name without breaking the line: no control character but the tab (RFC 9110, 5.5). */
    static boolean isValue(String value) {
        return value.chars().allMatch(c -> (c >= 0x20 && c != 0x7f) || c == '\t');
    }
}
