// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import java.util.BitSet;

/**
 * Checks that bytes are one JSON value and nothing else, with the error texts of Go's {@code encoding/json}. Uses no
 * recursion: nesting ends at 10,000 levels as in Go.
 */
final class JsonSyntax {
    private static final int MAX_DEPTH = 10_000;
    private static final String END_OF_INPUT = "unexpected end of JSON input";

    /** What a literal that is cut off meets at the end of the input, as far as Go's messages go. */
    private static final int END = ' ';

    private enum Expect {
        VALUE,
        VALUE_OR_END_OF_ARRAY,
        NAME,
        NAME_OR_END_OF_OBJECT,
        AFTER_NAME,
        AFTER_VALUE
    }

    private final byte[] json;
    private final int end;
    private final BitSet objects = new BitSet();
    private int position;
    private int depth;

    private JsonSyntax(byte[] json, int offset, int length) {
        this.json = json;
        this.position = offset;
        this.end = offset + length;
    }

    static void check(byte[] json, int offset, int length) throws MalformedMessageException {
        new JsonSyntax(json, offset, length).run();
    }

    static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private void run() throws MalformedMessageException {
        Expect expect = Expect.VALUE;
        while (true) {
            while (position < end && isSpace(json[position])) {
                position++;
            }
            if (position == end) {
                if (expect == Expect.AFTER_VALUE && depth == 0) {
                    return;
                }
                throw new MalformedMessageException(END_OF_INPUT);
            }
            expect = step(expect);
        }
    }

    private Expect step(Expect expect) throws MalformedMessageException {
        int c = json[position] & 0xFF;
        return switch (expect) {
            case VALUE -> value(c);
            case VALUE_OR_END_OF_ARRAY -> c == ']' ? pop() : value(c);
            case NAME -> name(c);
            case NAME_OR_END_OF_OBJECT -> c == '}' ? pop() : name(c);
            case AFTER_NAME -> {
                if (c != ':') {
                    throw unexpected(c, "after object key");
                }
                position++;
                yield Expect.VALUE;
            }
            case AFTER_VALUE -> afterValue(c);
        };
    }

    private Expect value(int c) throws MalformedMessageException {
        switch (c) {
            case '{' -> {
                return push(c, true);
            }
            case '[' -> {
                return push(c, false);
            }
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> {
                if (c != '-' && !isDigit(c)) {
                    throw unexpected(c, "looking for beginning of value");
                }
                number();
            }
        }
        return Expect.AFTER_VALUE;
    }

    private Expect name(int c) throws MalformedMessageException {
        if (c != '"') {
            throw unexpected(c, "looking for beginning of object key string");
        }
        string();
        return Expect.AFTER_NAME;
    }

    private Expect afterValue(int c) throws MalformedMessageException {
        if (depth == 0) {
            throw unexpected(c, "after top-level value");
        }
        boolean object = objects.get(depth);
        if (c == ',') {
            position++;
            return object ? Expect.NAME : Expect.VALUE;
        }
        if (c == (object ? '}' : ']')) {
            return pop();
        }
        throw unexpected(c, object ? "after object key:value pair" : "after array element");
    }

    private Expect push(int c, boolean object) throws MalformedMessageException {
        if (depth == MAX_DEPTH) {
            throw unexpected(c, "exceeded max depth");
        }
        position++;
        depth++;
        objects.set(depth, object);
        return object ? Expect.NAME_OR_END_OF_OBJECT : Expect.VALUE_OR_END_OF_ARRAY;
    }

    private Expect pop() {
        position++;
        depth--;
        return Expect.AFTER_VALUE;
    }

    private void string() throws MalformedMessageException {
        position++;
        while (true) {
            if (position == end) {
                throw new MalformedMessageException(END_OF_INPUT);
            }
            int c = json[position++] & 0xFF;
            if (c == '"') {
                return;
            }
            if (c < 0x20) {
                throw unexpected(c, "in string literal");
            }
            if (c == '\\') {
                escape();
            }
        }
    }

    private void escape() throws MalformedMessageException {
        int c = take();
        if (c != 'u') {
            if ("bfnrt\\/\"".indexOf(c) < 0) {
                throw unexpected(c, "in string escape code");
            }
            return;
        }
        for (int i = 0; i < 4; i++) {
            int digit = take();
            if (digit > 0x7F || Character.digit(digit, 16) < 0) {
                throw unexpected(digit, "in \\u hexadecimal character escape");
            }
        }
    }

    private void word(String word) throws MalformedMessageException {
        position++;
        for (int i = 1; i < word.length(); i++) {
            int c = take();
            if (c != word.charAt(i)) {
                throw unexpected(c, "in literal " + word + " (expecting '" + word.charAt(i) + "')");
            }
        }
    }

    private void number() throws MalformedMessageException {
        int first = take();
        if (first == '-') {
            first = take();
            if (!isDigit(first)) {
                throw unexpected(first, "in numeric literal");
            }
        }
        if (first != '0') {
            digits();
        }
        if (position < end && json[position] == '.') {
            position++;
            int digit = take();
            if (!isDigit(digit)) {
                throw unexpected(digit, "after decimal point in numeric literal");
            }
            digits();
        }
        if (position < end && (json[position] == 'e' || json[position] == 'E')) {
            position++;
            int digit = take();
            if (digit == '+' || digit == '-') {
                digit = take();
            }
            if (!isDigit(digit)) {
                throw unexpected(digit, "in exponent of numeric literal");
            }
            digits();
        }
    }

    private void digits() {
        while (position < end && isDigit(json[position])) {
            position++;
        }
    }

    private int take() {
        return position < end ? json[position++] & 0xFF : END;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static MalformedMessageException unexpected(int c, String context) {
        return new MalformedMessageException("invalid character " + quote(c) + " " + context);
    }

    /** A byte as Go prints it: taken for the code point of the same number. */
    private static String quote(int c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            case 0x07 -> "'\\a'";
            case '\b' -> "'\\b'";
            case '\f' -> "'\\f'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case '\t' -> "'\\t'";
            case 0x0B -> "'\\v'";
            default -> {
                if (c < 0x20 || c == 0x7F) {
                    yield "'\\x%02x'".formatted(c);
                }
                boolean unprintable = (c >= 0x80 && c <= 0xA0) || c == 0xAD;
                yield unprintable ? "'\\u%04x'".formatted(c) : "'" + (char) c + "'";
            }
        };
    }
}
