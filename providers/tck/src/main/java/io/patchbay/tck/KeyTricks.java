// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keys and values that stores confuse: each is a text of its own, compared by code point (contract 3.2). */
final class KeyTricks {
    /** Pairs and triples that some collation, trimming, pattern or encoding takes for the same. */
    static final List<String> KEYS = keys();

    private KeyTricks() {}

    private static List<String> keys() {
        List<String> keys = new ArrayList<>(List.of(
                "a",
                "A",
                "aa",
                "Straße",
                "STRASSE",
                "strasse",
                "I",
                "ı",
                "i",
                "İ", // case
                " a",
                "a ",
                "a  ",
                "\ta",
                "a\n",
                "a\r\n",
                " ",
                "\u00a0",
                "\u3000a",
                "\ufeffa", // white space
                "\0",
                "a\0",
                "a\0b",
                "\0a",
                "\u0001",
                "\u007f",
                "\u0085", // controls
                "'",
                "''",
                "\"",
                "\\",
                "\\'",
                "`",
                "' OR 1=1 --",
                "'; DROP TABLE entries; --",
                "a/*",
                "?",
                ":p",
                "$1", // SQL
                "%",
                "_",
                "a%",
                "a_",
                "%a%",
                "*",
                "a*",
                "[a]",
                "a?",
                "\\%", // patterns
                "\u00e9",
                "e\u0301",
                "\u212b",
                "\u00c5",
                "A\u030a",
                "\ufb01",
                "fi",
                "\u2460",
                "1",
                "01",
                "1.0", // forms
                "\u1e9b\u0323",
                "\u1e69",
                "s\u0323\u0307",
                "\ud83d\ude00",
                "\ud83d\ude01",
                "\ud83d\udc69\u200d\ud83d\udcbb",
                "\ud83d\udc69",
                "\ud83d\udcbb", // emoji
                "\u2764\ufe0f",
                "\u2764",
                "\ud83c\udde9\ud83c\uddea",
                "\ud83c\udde9",
                "\ud800\udc00",
                "\udbff\udfff",
                "\uffee",
                "\uffff",
                "\ufffd",
                "\ue000", // planes
                "\u05e9\u05dc\u05d5\u05dd",
                "\u202eabc",
                "abc\u202c",
                "abc",
                "\u200fabc",
                "a\u200bbc", // direction
                "\u0645\u0631\u062d\u0628\u0627",
                "ключ",
                "ΣΑΣ",
                "σας",
                "σασ",
                "other:0:k",
                "demo:0:k",
                ":0:k",
                "0:k",
                "other/0/k",
                "other\u00000\u0000k",
                "k",
                "0k",
                "10k",
                "{demo}", // scopes
                "null",
                "NULL",
                "undefined",
                "true",
                "NaN",
                "__proto__",
                "__tenant_enabled__",
                "..",
                "../k",
                "/",
                "//"));
        keys.add("k".repeat(255));
        keys.add("k".repeat(254));
        keys.add("K".repeat(255));
        keys.add("\u00e9".repeat(127) + "k");
        keys.add("\ud83d\ude00".repeat(63) + "key");
        return List.copyOf(keys);
    }

    /** Every key with a value that belongs to it alone. */
    static Map<String, String> entries(String mark) {
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < KEYS.size(); i++) {
            entries.put(KEYS.get(i), mark + i + KEYS.get(i));
        }
        return entries;
    }

    /** What to call a key in a message. */
    static String show(String key) {
        StringBuilder shown = new StringBuilder();
        key.codePoints().limit(24).forEach(point -> {
            if (point > ' ' && point < 0x7f) {
                shown.append((char) point);
            } else {
                shown.append(String.format("\\u{%x}", point));
            }
        });
        return shown.toString();
    }
}
