// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decodes a raw query as form data: {@code &} between pairs, {@code +} for a blank, percent-encoded UTF-8. A pair with a
 * bad escape or a semicolon is left out, as the reference's parser does; bytes that are no UTF-8 become U+FFFD.
 */
final class QueryString {
    private QueryString() {}

    static Map<String, List<String>> decode(String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (pair.isEmpty() || pair.indexOf(';') >= 0) {
                continue;
            }
            int equals = pair.indexOf('=');
            Optional<String> name = unescape(equals < 0 ? pair : pair.substring(0, equals));
            Optional<String> value = unescape(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isPresent() && value.isPresent()) {
                values.computeIfAbsent(name.get(), ignored -> new ArrayList<>()).add(value.get());
            }
        }
        return values;
    }

    private static Optional<String> unescape(String text) {
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length);
        for (int index = 0; index < raw.length; index++) {
            switch (raw[index]) {
                case '+' -> out.write(' ');
                case '%' -> {
                    int high = index + 2 < raw.length ? digit(raw[index + 1]) : -1;
                    int low = index + 2 < raw.length ? digit(raw[index + 2]) : -1;
                    if (high < 0 || low < 0) {
                        return Optional.empty();
                    }
                    out.write(high * 16 + low);
                    index += 2;
                }
                default -> out.write(raw[index]);
            }
        }
        return Optional.of(out.toString(StandardCharsets.UTF_8));
    }

    private static int digit(byte character) {
        return Character.digit((char) (character & 0xff), 16);
    }
}
