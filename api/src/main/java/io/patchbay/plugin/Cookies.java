// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads cookies out of the headers of a request, leniently: what is no cookie is left out. */
final class Cookies {
    private static final String HEADER = "cookie";

    /** What a cookie's name may have beside letters and digits (RFC 6265, RFC 9110 token). */
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private Cookies() {}

    static Map<String, String> of(Map<String, List<String>> headers) {
        Map<String, String> cookies = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).equals(HEADER)) {
                values.forEach(value -> read(value, cookies));
            }
        });
        return Collections.unmodifiableMap(cookies);
    }

    private static void read(String header, Map<String, String> into) {
        for (String part : header.split(";", -1)) {
            String pair = part.strip();
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (isToken(name)) {
                into.put(name, unquoted(value));
            }
        }
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> isAsciiAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static boolean isAsciiAlphanumeric(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
