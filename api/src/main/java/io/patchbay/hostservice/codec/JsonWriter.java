// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import java.util.Objects;

/**
 * Writes compact JSON with exactly the bytes of Go's {@code json.Marshal} (contract 2.6) at the end of a
 * {@link FieldWriter}.
 *
 * <p>Members appear in the order in which they are written; Go sorts the members of a map by {@link RawText#BYTE_ORDER},
 * so the caller does. Escaped are {@code "} and {@code \}, the characters below U+0020, {@code < > &}, U+2028 and U+2029;
 * a byte that is not UTF-8 becomes {@code \}{@code ufffd}. Nesting is the caller's to keep in balance. For one thread.
 */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final FieldWriter out;
    private boolean separate;

    /**
     * Makes a writer of one value.
     *
     * @param out takes the bytes, not null
     */
    public JsonWriter(FieldWriter out) {
        this.out = Objects.requireNonNull(out, "out");
    }

    /**
     * Starts an object.
     *
     * @return this
     */
    public JsonWriter beginObject() {
        return open('{');
    }

    /**
     * Ends an object.
     *
     * @return this
     */
    public JsonWriter endObject() {
        return close('}');
    }

    /**
     * Starts an array.
     *
     * @return this
     */
    public JsonWriter beginArray() {
        return open('[');
    }

    /**
     * Ends an array.
     *
     * @return this
     */
    public JsonWriter endArray() {
        return close(']');
    }

    /**
     * Writes the name of a member; its value comes next.
     *
     * @param name not null
     * @return this
     */
    public JsonWriter name(String name) {
        string(name);
        out.octet(':');
        separate = false;
        return this;
    }

    /**
     * Writes a text.
     *
     * @param value not null
     * @return this
     */
    public JsonWriter string(String value) {
        comma();
        out.octet('"');
        int plain = 0;
        int i = 0;
        while (i < value.length()) {
            char c = value.charAt(i++);
            if (isPlain(c)) {
                continue;
            }
            if (i < value.length() && Character.isSurrogatePair(c, value.charAt(i))) {
                i++;
                continue;
            }
            out.text(value, plain, i - 1);
            escape(c);
            plain = i;
        }
        out.text(value, plain, value.length());
        out.octet('"');
        separate = true;
        return this;
    }

    /**
     * Writes a whole number.
     *
     * @param value the value
     * @return this
     */
    public JsonWriter number(long value) {
        comma();
        out.ascii(Long.toString(value));
        separate = true;
        return this;
    }

    /**
     * Writes a boolean.
     *
     * @param value the value
     * @return this
     */
    public JsonWriter bool(boolean value) {
        comma();
        out.ascii(value ? "true" : "false");
        separate = true;
        return this;
    }

    private JsonWriter open(char bracket) {
        comma();
        out.octet(bracket);
        separate = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        out.octet(bracket);
        separate = true;
        return this;
    }

    private void comma() {
        if (separate) {
            out.octet(',');
        }
    }

    private static boolean isPlain(char c) {
        if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&') {
            return false;
        }
        return c != '\u2028' && c != '\u2029' && !Character.isSurrogate(c);
    }

    private void escape(char c) {
        out.octet('\\');
        switch (c) {
            case '"', '\\' -> out.octet(c);
            case '\b' -> out.octet('b');
            case '\f' -> out.octet('f');
            case '\n' -> out.octet('n');
            case '\r' -> out.octet('r');
            case '\t' -> out.octet('t');
            default -> unicode(Character.isSurrogate(c) ? '\uFFFD' : c);
        }
    }

    private void unicode(char c) {
        out.octet('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.octet(HEX.charAt((c >> shift) & 0xF));
        }
    }
}
