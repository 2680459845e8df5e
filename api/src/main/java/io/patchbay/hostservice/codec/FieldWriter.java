// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes the fields of a message into a buffer that it keeps and reuses, by the rules of contract 2.1 and 2.2.
 *
 * <p>The caller writes fields in ascending order of their numbers. Defaults (0, empty text, false, empty bytes, empty map)
 * are left out. The {@code trimmed} methods take the white space off first. Each writing method returns this writer.
 *
 * <p>One writer serves one thread and, after {@link #reset}, any number of messages. A few bytes are kept free in front
 * of the message, so that {@link #wrap} and {@link #prependInt64} put a header before it without moving it.
 */
public final class FieldWriter {
    /** Room for two tags of one byte, a status and a length, and then some. */
    private static final int HEADROOM = 32;

    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private byte[] buffer;
    private int start = HEADROOM;
    private int end = HEADROOM;

    /** Makes an empty writer with a small buffer, which grows as needed. */
    public FieldWriter() {
        this(256);
    }

    /**
     * Makes an empty writer.
     *
     * @param capacity the bytes that fit before the buffer grows, not negative
     */
    public FieldWriter(int capacity) {
        buffer = new byte[HEADROOM + capacity];
    }

    /**
     * Empties the writer and keeps its buffer.
     *
     * @return this
     */
    public FieldWriter reset() {
        start = HEADROOM;
        end = HEADROOM;
        return this;
    }

    /**
     * Gives a large buffer back: after this, an empty writer with a buffer of at most the given capacity.
     *
     * @param capacity the largest buffer to keep, in bytes, not negative
     * @return this
     */
    public FieldWriter trimTo(int capacity) {
        if (buffer.length > HEADROOM + capacity) {
            buffer = new byte[HEADROOM + capacity];
        }
        return reset();
    }

    /**
     * How long the message is.
     *
     * @return the number of bytes written
     */
    public int size() {
        return end - start;
    }

    /**
     * The array that holds the message, for copying it out.
     *
     * @return the array itself, valid until the next write, never null
     */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * Where the message starts.
     *
     * @return an index into {@link #buffer()}
     */
    public int offset() {
        return start;
    }

    /**
     * Copies the message.
     *
     * @return a new array, never null
     */
    public byte[] toByteArray() {
        return Arrays.copyOfRange(buffer, start, end);
    }

    /**
     * Writes a signed 32-bit field; a negative value is sign-extended to ten bytes. 0 is left out.
     *
     * @param field the field's number
     * @param value the value
     * @return this
     */
    public FieldWriter int32(int field, int value) {
        return int64(field, value);
    }

    /**
     * Writes an unsigned 32-bit field. 0 is left out.
     *
     * @param field the field's number
     * @param value its bits
     * @return this
     */
    public FieldWriter uint32(int field, int value) {
        return int64(field, Integer.toUnsignedLong(value));
    }

    /**
     * Writes a 64-bit field. 0 is left out.
     *
     * @param field the field's number
     * @param value the value
     * @return this
     */
    public FieldWriter int64(int field, long value) {
        if (value == 0) {
            return this;
        }
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /**
     * Writes a boolean field. False is left out.
     *
     * @param field the field's number
     * @param value the value
     * @return this
     */
    public FieldWriter bool(int field, boolean value) {
        return int64(field, value ? 1 : 0);
    }

    /**
     * Writes a text as it is. An empty one is left out.
     *
     * @param field the field's number
     * @param value not null
     * @return this
     */
    public FieldWriter string(int field, String value) {
        return value.isEmpty() ? this : text(field, value);
    }

    /**
     * Writes a text without the white space at its ends. A blank one is left out.
     *
     * @param field the field's number
     * @param value not null
     * @return this
     */
    public FieldWriter trimmed(int field, String value) {
        return string(field, RawText.trim(value));
    }

    /**
     * Writes a whole number as decimal text, 0 included, without making a {@code String} of it.
     *
     * @param field the field's number
     * @param value the value
     * @return this
     */
    public FieldWriter decimal(int field, long value) {
        tag(field, BYTES);
        int mark = end;
        octet(0);
        ensure(20);
        if (value < 0) {
            buffer[end++] = '-';
        }
        int digits = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int at = end + digits - 1; at >= end; at--) {
            buffer[at] = (byte) ('0' + Math.abs((int) (rest % 10)));
            rest /= 10;
        }
        end += digits;
        buffer[mark] = (byte) (end - mark - 1);
        return this;
    }

    /**
     * Writes texts, trimmed, in order, as a repeated field. Blank ones are left out.
     *
     * @param field the field's number
     * @param values not null
     * @return this
     */
    public FieldWriter trimmedAll(int field, Collection<String> values) {
        for (String value : values) {
            trimmed(field, value);
        }
        return this;
    }

    /**
     * Writes bytes. Empty ones are left out.
     *
     * @param field the field's number
     * @param value not null
     * @return this
     */
    public FieldWriter bytes(int field, byte[] value) {
        return bytes(field, value, 0, value.length);
    }

    /**
     * Writes a range of bytes. An empty one is left out.
     *
     * @param field the field's number
     * @param source where the bytes are, not null
     * @param offset of the first byte
     * @param length the number of bytes
     * @return this
     */
    public FieldWriter bytes(int field, byte[] source, int offset, int length) {
        if (length == 0) {
            return this;
        }
        tag(field, BYTES);
        varint(length);
        return raw(source, offset, length);
    }

    /**
     * Writes a map of texts: entries in the byte order of their untrimmed keys, key and value trimmed and always there.
     *
     * @param field the field's number
     * @param entries not null
     * @return this
     */
    public FieldWriter map(int field, Map<String, String> entries) {
        sorted(entries).forEach((key, value) -> {
            int mark = begin(field);
            text(1, RawText.trim(key));
            text(2, RawText.trim(value));
            end(mark);
        });
        return this;
    }

    /**
     * Writes a map of lists of texts: entries in the byte order of their untrimmed keys; the key, trimmed and always
     * there, then each value, trimmed, empty ones included.
     *
     * @param field the field's number
     * @param entries not null
     * @return this
     */
    public FieldWriter listMap(int field, Map<String, List<String>> entries) {
        sorted(entries).forEach((key, values) -> {
            int mark = begin(field);
            text(1, RawText.trim(key));
            for (String value : values) {
                text(2, RawText.trim(value));
            }
            end(mark);
        });
        return this;
    }

    /**
     * Starts an embedded message, or any other content whose length is not known yet. It is moved by at most four bytes
     * when it ends with more than 127 bytes.
     *
     * @param field the field's number
     * @return a mark for {@link #end}
     */
    public int begin(int field) {
        return begin(field, 0);
    }

    /**
     * Starts an embedded message of about a known size: it is not moved when the size's length prefix has the expected
     * width (up to 127 bytes, 16 KiB, 2 MiB, 256 MiB).
     *
     * @param field the field's number
     * @param expectedSize the bytes expected, not negative
     * @return a mark for {@link #end}
     */
    public int begin(int field, int expectedSize) {
        tag(field, BYTES);
        int width = varintSize(expectedSize);
        ensure(width);
        // The width travels in the first byte of the place that the length will take.
        buffer[end] = (byte) width;
        int mark = end - start;
        end += width;
        return mark;
    }

    /**
     * Ends an embedded message. It is written even when it is empty.
     *
     * @param mark what {@link #begin} returned
     * @return this
     */
    public FieldWriter end(int mark) {
        int at = start + mark;
        int reserved = buffer[at];
        int content = at + reserved;
        int length = end - content;
        int width = varintSize(length);
        if (width != reserved) {
            if (width > reserved) {
                ensure(width - reserved);
            }
            System.arraycopy(buffer, content, buffer, at + width, length);
            end += width - reserved;
        }
        putVarint(at, length);
        return this;
    }

    /**
     * Appends bytes without tag or length.
     *
     * @param source where the bytes are, not null
     * @param offset of the first byte
     * @param length the number of bytes
     * @return this
     */
    public FieldWriter raw(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        ensure(length);
        System.arraycopy(source, offset, buffer, end, length);
        end += length;
        return this;
    }

    /**
     * Makes all that was written the content of one bytes field: puts tag and length before it, moving nothing. An empty
     * message stays empty.
     *
     * @param field the field's number
     * @return this
     */
    public FieldWriter wrap(int field) {
        int length = size();
        if (length == 0) {
            return this;
        }
        prepend(((long) field << 3) | BYTES, length);
        return this;
    }

    /**
     * Puts a 64-bit field before all that was written, moving nothing. 0 is left out.
     *
     * @param field the field's number
     * @param value the value
     * @return this
     */
    public FieldWriter prependInt64(int field, long value) {
        if (value != 0) {
            prepend((long) field << 3, value);
        }
        return this;
    }

    /** Appends one byte. */
    void octet(int value) {
        ensure(1);
        buffer[end++] = (byte) value;
    }

    /** Appends the bytes of a text of plain ASCII. */
    void ascii(String text) {
        ensure(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[end++] = (byte) text.charAt(i);
        }
    }

    /** Appends the bytes of a part of a text without tag or length. */
    void text(String value, int from, int to) {
        if (from == to) {
            return;
        }
        String part = value.substring(from, to);
        ensure(RawText.length(part));
        end = RawText.encodeTo(part, buffer, end);
    }

    private FieldWriter text(int field, String value) {
        int length = RawText.length(value);
        tag(field, BYTES);
        varint(length);
        ensure(length);
        end = RawText.encodeTo(value, buffer, end);
        return this;
    }

    private static <V> Map<String, V> sorted(Map<String, V> entries) {
        if (entries.size() < 2) {
            return entries;
        }
        Map<String, V> sorted = new TreeMap<>(RawText.BYTE_ORDER);
        sorted.putAll(entries);
        return sorted;
    }

    private void prepend(long tag, long value) {
        int width = varintSize(tag) + varintSize(value);
        if (width > start) {
            makeHeadroom();
        }
        start -= width;
        putVarint(putVarint(start, tag), value);
    }

    private void makeHeadroom() {
        int length = size();
        byte[] larger = new byte[Math.addExact(HEADROOM, buffer.length)];
        System.arraycopy(buffer, start, larger, start + HEADROOM, length);
        buffer = larger;
        start += HEADROOM;
        end = start + length;
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        ensure(10);
        end = putVarint(end, value);
    }

    private int putVarint(int position, long value) {
        int at = position;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[at++] = (byte) rest;
        return at;
    }

    private static int varintSize(long value) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(value)) / 7);
    }

    private void ensure(int count) {
        if (count <= buffer.length - end) {
            return;
        }
        int needed = Math.addExact(end, count);
        int doubled = buffer.length > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE - 16 : 2 * buffer.length;
        buffer = Arrays.copyOf(buffer, Math.max(needed, doubled));
    }
}
