// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Texts of the guest boundary as {@code String}s: decoding without loss, validity, byte length, byte order, white space.
 *
 * <p>A byte {@code 0xNN} that is not part of well-formed UTF-8 is the lone surrogate {@code U+DCNN} in the
 * {@code String}. Any other lone surrogate is not text of this boundary and encodes as U+FFFD.
 */
public final class RawText {
    /** Orders texts by their bytes, each as an unsigned number: the order of map entries and of JSON members. */
    public static final Comparator<String> BYTE_ORDER = RawText::compareBytes;

    private static final char ESCAPE_BASE = 0xDC00;
    private static final char FIRST_ESCAPE = 0xDC80;
    private static final char LAST_ESCAPE = 0xDCFF;

    private RawText() {}

    /**
     * Decodes a range of bytes.
     *
     * @param buffer where the bytes are, not null
     * @param offset of the first byte
     * @param length the number of bytes
     * @return the text, never null
     */
    public static String decode(byte[] buffer, int offset, int length) {
        int end = offset + length;
        if (asciiEnd(buffer, offset, end) == end) {
            return new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
        }
        int position = offset;
        while (position < end) {
            int sequence = sequenceLength(buffer, position, end);
            if (sequence == 0) {
                return decodeEscaping(buffer, offset, end);
            }
            position += sequence;
        }
        return new String(buffer, offset, length, StandardCharsets.UTF_8);
    }

    /**
     * Tells whether every byte of a text belongs to well-formed UTF-8.
     *
     * @param text not null
     * @return false when the text has a lone surrogate
     */
    public static boolean isValidUtf8(String text) {
        int i = 0;
        while (i < text.length()) {
            boolean surrogate = Character.isSurrogate(text.charAt(i));
            if (surrogate && !isPair(text, i)) {
                return false;
            }
            i += surrogate ? 2 : 1;
        }
        return true;
    }

    /**
     * Counts the bytes of a text.
     *
     * @param text not null
     * @return the number of bytes that {@link #encode} returns
     */
    public static int length(String text) {
        int bytes = 0;
        int i = 0;
        while (i < text.length()) {
            boolean pair = isPair(text, i);
            bytes += pair ? 4 : width(text.charAt(i));
            i += pair ? 2 : 1;
        }
        return bytes;
    }

    /**
     * Encodes a text, the inverse of {@link #decode}.
     *
     * @param text not null
     * @return its bytes, never null
     */
    public static byte[] encode(String text) {
        byte[] bytes = new byte[length(text)];
        encodeTo(text, bytes, 0);
        return bytes;
    }

    /**
     * Removes white space from both ends: the contract's set (contract 2.1), which is neither that of
     * {@link String#trim} nor that of {@link String#strip}.
     *
     * @param text not null
     * @return the same object when there is nothing to remove, never null
     */
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /**
     * Tells whether {@link #trim} leaves nothing.
     *
     * @param text not null
     * @return true for an empty text and for one of white space only
     */
    public static boolean isBlank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Tells whether a character is white space by contract 2.1.
     *
     * @param c any character
     * @return true for the 25 characters of the set
     */
    public static boolean isSpace(char c) {
        if (c <= 0x20) {
            return c == 0x20 || (c >= 0x09 && c <= 0x0D);
        }
        return switch (c) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }

    /** Writes the bytes of a text and returns the position behind them; the room must be there. */
    static int encodeTo(String text, byte[] target, int position) {
        int at = position;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c < 0x80) {
                target[at++] = (byte) c;
            } else if (c < 0x800) {
                target[at++] = (byte) (0xC0 | (c >> 6));
                target[at++] = (byte) (0x80 | (c & 0x3F));
            } else if (isPair(text, i - 1)) {
                int codePoint = Character.toCodePoint(c, text.charAt(i++));
                target[at++] = (byte) (0xF0 | (codePoint >> 18));
                target[at++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
                target[at++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
                target[at++] = (byte) (0x80 | (codePoint & 0x3F));
            } else if (isEscape(c)) {
                target[at++] = (byte) (c - ESCAPE_BASE);
            } else {
                char written = Character.isSurrogate(c) ? '\uFFFD' : c;
                target[at++] = (byte) (0xE0 | (written >> 12));
                target[at++] = (byte) (0x80 | ((written >> 6) & 0x3F));
                target[at++] = (byte) (0x80 | (written & 0x3F));
            }
        }
        return at;
    }

    /**
     * The length of the well-formed UTF-8 sequence at a position, or 0 when there is none: no overlong forms, no
     * surrogates, nothing above U+10FFFF (RFC 3629).
     */
    static int sequenceLength(byte[] buffer, int position, int end) {
        int first = buffer[position] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (end - position < length) {
            return 0;
        }
        int second = buffer[position + 1] & 0xFF;
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((buffer[position + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** Decodes the well-formed sequence at a position, whose length is known. */
    static int codePoint(byte[] buffer, int position, int sequence) {
        int first = buffer[position] & 0xFF;
        if (sequence == 1) {
            return first;
        }
        int codePoint = first & (0xFF >> (sequence + 1));
        for (int i = 1; i < sequence; i++) {
            codePoint = (codePoint << 6) | (buffer[position + i] & 0x3F);
        }
        return codePoint;
    }

    private static int asciiEnd(byte[] buffer, int offset, int end) {
        int position = offset;
        while (position < end && buffer[position] >= 0) {
            position++;
        }
        return position;
    }

    private static String decodeEscaping(byte[] buffer, int offset, int end) {
        StringBuilder text = new StringBuilder(end - offset);
        int position = offset;
        while (position < end) {
            int sequence = sequenceLength(buffer, position, end);
            if (sequence == 0) {
                text.append((char) (ESCAPE_BASE + (buffer[position] & 0xFF)));
                position++;
                continue;
            }
            text.appendCodePoint(codePoint(buffer, position, sequence));
            position += sequence;
        }
        return text.toString();
    }

    private static int compareBytes(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        int same = 0;
        while (same < shorter && left.charAt(same) == right.charAt(same)) {
            same++;
        }
        if (surrogateAt(left, same) || surrogateAt(right, same) || surrogateAt(left, same - 1)) {
            return Arrays.compareUnsigned(encode(left), encode(right));
        }
        if (same == shorter) {
            return Integer.compare(left.length(), right.length());
        }
        return Character.compare(left.charAt(same), right.charAt(same));
    }

    private static boolean surrogateAt(String text, int index) {
        return index >= 0 && index < text.length() && Character.isSurrogate(text.charAt(index));
    }

    private static int width(char c) {
        if (c < 0x80 || isEscape(c)) {
            return 1;
        }
        return c < 0x800 ? 2 : 3;
    }

    private static boolean isPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                && index + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(index + 1));
    }

    private static boolean isEscape(char c) {
        return c >= FIRST_ESCAPE && c <= LAST_ESCAPE;
    }
}
