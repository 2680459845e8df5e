// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON of batch requests as Go's {@code encoding/json} does (contract 2.6): an object with one member of
 * interest, into a struct with one field.
 *
 * <p>Go's rules: the member's name matches exactly or without case (with U+212A for {@code k} and U+017F for {@code s});
 * other members are ignored; of a repeated member the last list wins while maps merge; {@code null} is an empty list or
 * map, a {@code null} item of a list leaves what was there, which is the empty text unless the list is a repeated one, a
 * {@code null} value of a map is the empty text; anything behind the value is an error; bytes that are not UTF-8 and
 * broken surrogate escapes become U+FFFD; nesting ends at 10,000 levels. A wrong type is an error that is reported when
 * the whole value was read, the first one of several. The error texts are Go's.
 */
public final class JsonReader {
    private final byte[] json;
    private final String member;
    private final String fieldType;
    private final String structType;
    private int position;
    private String typeError = "";

    private JsonReader(byte[] json, int offset, int length, String member, String fieldType)
            throws MalformedMessageException {
        JsonSyntax.check(json, offset, length);
        this.json = json;
        this.member = member;
        this.fieldType = fieldType;
        String fieldName = Character.toUpperCase(member.charAt(0)) + member.substring(1);
        this.structType = "struct { " + fieldName + " " + fieldType + " \"json:\\\"" + member + "\\\"\" }";
        this.position = offset;
    }

    /**
     * Reads {@code {"member":["text",...]}}.
     *
     * @param json where the JSON is, not null
     * @param offset of the first byte
     * @param length the number of bytes; 0 is an error as any other text that is not JSON
     * @param member the member's name, lower-case ASCII letters, not empty
     * @param maxItems the most texts to keep, positive; what follows is checked but not kept, so pass more than you allow
     * @return the texts in order, empty when the member is not there; unmodifiable, never null
     * @throws MalformedMessageException with Go's text
     */
    public static List<String> stringList(byte[] json, int offset, int length, String member, int maxItems)
            throws MalformedMessageException {
        JsonReader reader = new JsonReader(json, offset, length, member, "[]string");
        GoSlice items = new GoSlice();
        reader.struct(() -> reader.list(items, maxItems));
        return items.toList();
    }

    /**
     * Reads {@code {"member":{"name":"text",...}}}.
     *
     * @param json where the JSON is, not null
     * @param offset of the first byte
     * @param length the number of bytes; 0 is an error as any other text that is not JSON
     * @param member the member's name, lower-case ASCII letters, not empty
     * @param maxEntries the most entries to keep, positive; further names are checked but not kept, so pass more than you
     *     allow
     * @return the entries in the order in which each was last written, empty when the member is not there; unmodifiable,
     *     never null
     * @throws MalformedMessageException with Go's text
     */
    public static Map<String, String> stringMap(byte[] json, int offset, int length, String member, int maxEntries)
            throws MalformedMessageException {
        JsonReader reader = new JsonReader(json, offset, length, member, "map[string]string");
        Map<String, String> entries = new LinkedHashMap<>();
        reader.struct(() -> reader.map(entries, maxEntries));
        return Collections.unmodifiableMap(entries);
    }

    private void struct(Runnable memberValue) throws MalformedMessageException {
        int first = peek();
        if (first == '{') {
            object(name -> {
                if (matches(name)) {
                    memberValue.run();
                } else {
                    skipValue();
                }
            });
        } else if (first != 'n') {
            fail("json: cannot unmarshal " + kind(first) + " into Go value of type " + structType);
        }
        if (!typeError.isEmpty()) {
            throw new MalformedMessageException(typeError);
        }
    }

    private void list(GoSlice items, int maxItems) {
        int first = peek();
        if (first == 'n') {
            items.clear();
            skipValue();
            return;
        }
        if (first != '[') {
            failField(first, fieldType);
            skipValue();
            return;
        }
        position++;
        int count = 0;
        while (peek() != ']') {
            if (json[position] == ',') {
                position++;
            }
            int kind = peek();
            boolean kept = count < maxItems;
            if (kept) {
                items.ensure(count);
            }
            if (kind == '"' && kept) {
                items.set(count, string());
            } else if (kind == '"') {
                skipString();
            } else {
                if (kind != 'n') {
                    failField(kind, "string");
                }
                skipValue();
            }
            count += kept ? 1 : 0;
        }
        position++;
        items.truncate(count);
    }

    private void map(Map<String, String> entries, int maxEntries) {
        int first = peek();
        if (first == 'n') {
            entries.clear();
            skipValue();
            return;
        }
        if (first != '{') {
            failField(first, fieldType);
            skipValue();
            return;
        }
        object(name -> {
            String value = "";
            int kind = peek();
            if (kind == '"') {
                value = string();
            } else {
                if (kind != 'n') {
                    failField(kind, "string");
                }
                skipValue();
            }
            boolean known = entries.remove(name) != null;
            if (known || entries.size() < maxEntries) {
                entries.put(name, value);
            }
        });
    }

    private interface MemberReader {
        void read(String name);
    }

    private void object(MemberReader members) {
        position++;
        while (peek() != '}') {
            if (json[position] == ',') {
                position++;
                peek();
            }
            String name = string();
            peek();
            position++;
            members.read(name);
        }
        position++;
    }

    /** The first byte of the next token, at which the position then is. The syntax was checked: there is one. */
    private int peek() {
        while (JsonSyntax.isSpace(json[position])) {
            position++;
        }
        return json[position];
    }

    private void skipValue() {
        int depth = 0;
        do {
            switch (peek()) {
                case '{', '[' -> {
                    depth++;
                    position++;
                }
                case '}', ']' -> {
                    depth--;
                    position++;
                }
                case '"' -> skipString();
                case ',', ':' -> position++;
                default -> skipWord();
            }
        } while (depth > 0);
    }

    private void skipString() {
        position++;
        while (json[position] != '"') {
            position += json[position] == '\\' ? 2 : 1;
        }
        position++;
    }

    private void skipWord() {
        while (position < json.length && isWordPart(json[position])) {
            position++;
        }
    }

    private static boolean isWordPart(byte c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == 'E' || c == '+' || c == '-' || c == '.';
    }

    private String string() {
        int start = position + 1;
        skipString();
        int end = position - 1;
        if (start == end) {
            return "";
        }
        StringBuilder text = new StringBuilder(end - start);
        int at = start;
        while (at < end) {
            if (json[at] == '\\') {
                at = escape(at, end, text);
                continue;
            }
            int sequence = RawText.sequenceLength(json, at, end);
            text.appendCodePoint(sequence == 0 ? 0xFFFD : RawText.codePoint(json, at, sequence));
            at += Math.max(1, sequence);
        }
        return text.toString();
    }

    private int escape(int at, int end, StringBuilder text) {
        byte c = json[at + 1];
        if (c != 'u') {
            text.append(
                    switch (c) {
                        case 'b' -> '\b';
                        case 'f' -> '\f';
                        case 'n' -> '\n';
                        case 'r' -> '\r';
                        case 't' -> '\t';
                        default -> (char) c;
                    });
            return at + 2;
        }
        char unit = unit(at);
        int next = at + 6;
        if (!Character.isSurrogate(unit)) {
            text.append(unit);
            return next;
        }
        boolean followed = next + 6 <= end && json[next] == '\\' && json[next + 1] == 'u';
        if (Character.isHighSurrogate(unit) && followed && Character.isLowSurrogate(unit(next))) {
            text.append(unit).append(unit(next));
            return next + 6;
        }
        text.append('\uFFFD');
        return next;
    }

    private char unit(int escape) {
        int unit = 0;
        for (int i = 2; i < 6; i++) {
            unit = (unit << 4) | Character.digit(json[escape + i], 16);
        }
        return (char) unit;
    }

    private boolean matches(String name) {
        if (name.length() != member.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (fold(name.charAt(i)) != member.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Go's folding of the characters that fold to a lower-case ASCII letter. */
    private static char fold(char c) {
        if (c >= 'A' && c <= 'Z') {
            return (char) (c + 'a' - 'A');
        }
        return switch (c) {
            case '\u212A' -> 'k';
            case '\u017F' -> 's';
            default -> c;
        };
    }

    private void failField(int first, String type) {
        fail("json: cannot unmarshal " + kind(first) + " into Go struct field ." + member + " of type " + type);
    }

    private void fail(String text) {
        if (typeError.isEmpty()) {
            typeError = text;
        }
    }

    private static String kind(int first) {
        return switch (first) {
            case '{' -> "object";
            case '[' -> "array";
            case '"' -> "string";
            case 't', 'f' -> "bool";
            default -> "number";
        };
    }

    /** A Go slice that is decoded into again: what an earlier list left shows where a later one says {@code null}. */
    private static final class GoSlice {
        private List<String> cells = new ArrayList<>();
        private int length;

        void clear() {
            cells = new ArrayList<>();
            length = 0;
        }

        void ensure(int index) {
            if (index == cells.size()) {
                cells.add("");
            }
        }

        void set(int index, String value) {
            cells.set(index, value);
        }

        void truncate(int count) {
            if (count == 0) {
                clear();
            }
            length = count;
        }

        List<String> toList() {
            return List.copyOf(cells.subList(0, length));
        }
    }
}
