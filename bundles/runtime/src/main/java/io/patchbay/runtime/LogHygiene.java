// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.codec.RawText;
import io.patchbay.wire.LogRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Makes what a guest logs data that no log can mistake for its own structure (DESIGN 4.1). */
final class LogHygiene {
    static final int MESSAGE_BYTES = 8 << 10;
    static final int FIELDS = 32;
    static final int NAME_BYTES = 64;
    static final int VALUE_BYTES = 1 << 10;
    static final String SECRET = "***";

    private volatile SecretNames secrets;

    LogHygiene(SecretNames secrets) {
        this.secrets = secrets;
    }

    /** Changes which fields are secret, from the next entry on. */
    void setSecrets(SecretNames names) {
        secrets = names;
    }

    /**
     * Message and fields, fit to be shown.
     *
     * @param message trimmed, bounded, escaped
     * @param fields bounded, in the byte order of their names
     */
    record Clean(String message, Map<String, String> fields) {}

    Clean clean(LogRequest request, int droppedFields, RuntimeCounters.OfPlugin counters) {
        VisibleText.Result message = VisibleText.of(RawText.trim(request.message()), MESSAGE_BYTES);
        if (message.cut()) {
            counters.reached(Limit.LOG_MESSAGE);
        }
        Map<String, String> raw = request.fields();
        if (raw.isEmpty()) {
            return new Clean(message.text(), Map.of());
        }
        Map<String, String> fields = new TreeMap<>(RawText.BYTE_ORDER);
        sorted(raw).entrySet().stream().limit(FIELDS).forEach(field -> {
            String name = name(field.getKey(), fields, counters);
            fields.put(name, value(field.getKey(), field.getValue(), counters));
        });
        String text = message.text();
        if (raw.size() > FIELDS) {
            counters.reached(Limit.LOG_FIELDS);
            text += "...[" + (raw.size() - FIELDS + droppedFields) + " fields cut]";
        }
        return new Clean(text, new LinkedHashMap<>(fields));
    }

    private static Map<String, String> sorted(Map<String, String> raw) {
        Map<String, String> sorted = new TreeMap<>(RawText.BYTE_ORDER);
        sorted.putAll(raw);
        return sorted;
    }

    private String value(String rawName, String raw, RuntimeCounters.OfPlugin counters) {
        if (secrets.matches(rawName)) {
            counters.redacted();
            return SECRET;
        }
        VisibleText.Result value = VisibleText.of(raw, VALUE_BYTES);
        if (value.cut()) {
            counters.reached(Limit.LOG_VALUE);
        }
        return value.text();
    }

    /** A name of the allowed characters that no other field of the entry has. */
    private static String name(String raw, Map<String, String> taken, RuntimeCounters.OfPlugin counters) {
        String trimmed = RawText.trim(raw);
        String name = allowed(trimmed);
        if (name.length() > NAME_BYTES) {
            counters.reached(Limit.LOG_FIELD_NAME);
            // The mark is of allowed characters too; its length depends little on the number in it.
            int kept = NAME_BYTES - "--bytes-cut".length() - 10;
            name = name.substring(0, kept) + "-" + RawText.length(rest(trimmed, kept)) + "-bytes-cut";
        }
        String unique = name;
        for (int n = 2; taken.containsKey(unique); n++) {
            String suffix = "-" + n;
            unique = name.substring(0, Math.min(name.length(), NAME_BYTES - suffix.length())) + suffix;
        }
        return unique;
    }

    private static String rest(String text, int codePoints) {
        return text.substring(text.offsetByCodePoints(0, codePoints));
    }

    /** One character for each code point, so that positions in both are the same. */
    private static String allowed(String name) {
        StringBuilder allowed = new StringBuilder(name.length());
        name.codePoints().forEach(c -> allowed.append(isAllowed(c) ? (char) c : '_'));
        return allowed.toString();
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-';
    }
}
