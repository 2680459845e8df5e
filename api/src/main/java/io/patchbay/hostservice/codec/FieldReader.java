// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Reads the fields of a message from a window of a byte array, by the rules of contract 2.1 and 2.2.
 *
 * <pre>{@code
 * String key = "";
 * for (int field; (field = reader.nextField("failed to decode greet request tag")) != 0; ) {
 *     switch (field) {
 *         case 1 -> key = reader.readString("failed to decode greet name");
 *         default -> reader.skip("failed to skip unknown greet field");
 *     }
 * }
 * }</pre>
 *
 * <p>The rules that a protobuf library does not have: a known field is read as its expected type <em>whatever wire type
 * its tag names</em>; texts are not checked to be UTF-8 ({@link RawText}); a repeated scalar or message replaces the
 * earlier one, which follows from assigning in the loop. Each reading method takes the text of the error that it throws:
 * the contract names one for each field, and it travels to the guest.
 *
 * <p>Allocates only the values that it returns. One reader serves one thread and, after {@link #reset}, any number of
 * messages. Never reads outside its window, whatever the bytes are.
 */
public final class FieldReader {
    /** Wire type of {@code varint} fields. */
    private static final int VARINT = 0;

    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int GROUP_START = 3;
    private static final int GROUP_END = 4;
    private static final int FIXED32 = 5;

    /** An unknown group and up to 10,000 levels of groups in it (contract 2.1). */
    private static final int MAX_GROUPS = 10_001;

    private static final byte[] NOTHING = new byte[0];
    private static final int[] NO_GROUPS = new int[0];

    private byte[] buffer = NOTHING;
    private int position;
    private int limit;
    private int field;
    private int wireType;
    private int rangeOffset;
    private int rangeLength;
    private int[] openGroups = NO_GROUPS;

    /** Makes a reader of nothing; {@link #reset} gives it a message. */
    public FieldReader() {}

    /**
     * Makes a reader of a whole array.
     *
     * @param message not copied, not null
     */
    public FieldReader(byte[] message) {
        reset(message, 0, message.length);
    }

    /**
     * Starts at the first byte of a message.
     *
     * @param source where the message is, not copied, not null
     * @param offset of the first byte
     * @param length the number of bytes; 0 is the empty message
     * @return this
     * @throws IndexOutOfBoundsException when the window is not inside the array
     */
    public FieldReader reset(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        buffer = source;
        position = offset;
        limit = offset + length;
        field = 0;
        return this;
    }

    /**
     * The array that this reader reads from.
     *
     * @return the array itself; bytes outside the window belong to somebody else, never null
     */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * Where the next byte is.
     *
     * @return an index into {@link #buffer()}
     */
    public int position() {
        return position;
    }

    /**
     * How much is left of the message.
     *
     * @return the number of bytes
     */
    public int remaining() {
        return limit - position;
    }

    /**
     * Reads the next tag. The caller then reads the field, or {@linkplain #skip skips} it.
     *
     * @param error the text when there is no valid tag, not null
     * @return the field's number, 1 to 2^31 - 1, or 0 at the end of the message
     * @throws MalformedMessageException when the tag is truncated, too long, or names field 0 or one above 2^31 - 1
     */
    public int nextField(String error) throws MalformedMessageException {
        if (position == limit) {
            field = 0;
            return 0;
        }
        long tag = varint(error);
        long number = tag >>> 3;
        if (number == 0 || number > Integer.MAX_VALUE) {
            throw new MalformedMessageException(error);
        }
        field = (int) number;
        wireType = (int) tag & 7;
        return field;
    }

    /**
     * Reads a 64-bit varint.
     *
     * @param error the text when it does not decode, not null
     * @return all 64 bits
     * @throws MalformedMessageException when the varint is truncated or has more than 64 bits
     */
    public long readInt64(String error) throws MalformedMessageException {
        return varint(error);
    }

    /**
     * Reads a 32-bit varint: the low 32 bits of what is there, for signed and for unsigned fields.
     *
     * @param error the text when it does not decode, not null
     * @return the low 32 bits
     * @throws MalformedMessageException when the varint is truncated or has more than 64 bits
     */
    public int readInt32(String error) throws MalformedMessageException {
        return (int) varint(error);
    }

    /**
     * Reads a boolean.
     *
     * @param error the text when it does not decode, not null
     * @return true when the varint is not 0
     * @throws MalformedMessageException when the varint is truncated or has more than 64 bits
     */
    public boolean readBool(String error) throws MalformedMessageException {
        return varint(error) != 0;
    }

    /**
     * Reads a text. Not trimmed, not checked to be UTF-8.
     *
     * @param error the text when it does not decode, not null
     * @return as {@link RawText#decode} gives it, never null
     * @throws MalformedMessageException when the length is wrong or reaches past the end
     */
    public String readString(String error) throws MalformedMessageException {
        readRange(error);
        return RawText.decode(buffer, rangeOffset, rangeLength);
    }

    /**
     * Reads bytes into a new array.
     *
     * @param error the text when it does not decode, not null
     * @return a copy, never null
     * @throws MalformedMessageException when the length is wrong or reaches past the end
     */
    public byte[] readBytes(String error) throws MalformedMessageException {
        readRange(error);
        return Arrays.copyOfRange(buffer, rangeOffset, rangeOffset + rangeLength);
    }

    /**
     * Passes over bytes without copying them; {@link #rangeOffset} and {@link #rangeLength} then say where they are.
     *
     * @param error the text when they do not decode, not null
     * @throws MalformedMessageException when the length is wrong or reaches past the end
     */
    public void readRange(String error) throws MalformedMessageException {
        long length = varint(error);
        if (length < 0 || length > limit - position) {
            throw new MalformedMessageException(error);
        }
        rangeOffset = position;
        rangeLength = (int) length;
        position += rangeLength;
    }

    /**
     * Where the bytes of the last text, bytes or message field start.
     *
     * @return an index into {@link #buffer()}
     */
    public int rangeOffset() {
        return rangeOffset;
    }

    /**
     * How many bytes the last text, bytes or message field has.
     *
     * @return the number of bytes
     */
    public int rangeLength() {
        return rangeLength;
    }

    /**
     * Goes into an embedded message: from now on {@link #nextField} reads its fields and ends at its end.
     *
     * @param error the text when its length does not decode, not null
     * @return a mark for {@link #leave}
     * @throws MalformedMessageException when the length is wrong or reaches past the end
     */
    public int enter(String error) throws MalformedMessageException {
        readRange(error);
        int outer = limit;
        position = rangeOffset;
        limit = rangeOffset + rangeLength;
        return outer;
    }

    /**
     * Goes back to the message around, behind the embedded one.
     *
     * @param mark what {@link #enter} returned
     */
    public void leave(int mark) {
        position = limit;
        limit = mark;
    }

    /**
     * Reads one entry of a map of texts (contract 2.2). An entry whose key is blank is dropped; a later entry with the
     * same key replaces the earlier one.
     *
     * @param into takes the entry under its untrimmed key, not null
     * @param error the text when the entry's length does not decode, not null
     * @throws MalformedMessageException when the entry does not decode; its text names the part
     */
    public void readEntry(Map<String, String> into, String error) throws MalformedMessageException {
        String key = "";
        String value = "";
        int mark = enter(error);
        for (int part; (part = nextField("failed to decode string map entry tag")) != 0; ) {
            switch (part) {
                case 1 -> key = readString("failed to decode string map entry key");
                case 2 -> value = readString("failed to decode string map entry value");
                default -> skip("failed to skip unknown string map entry field");
            }
        }
        leave(mark);
        if (!RawText.isBlank(key)) {
            into.put(key, value);
        }
    }

    /**
     * Reads one entry of a map of lists of texts (contract 2.2). An entry whose key is blank is dropped; a later entry
     * with the same key replaces the earlier one with all its values.
     *
     * @param into takes the entry under its untrimmed key, its values in order, not null
     * @param error the text when the entry's length does not decode, not null
     * @throws MalformedMessageException when the entry does not decode; its text names the part
     */
    public void readListEntry(Map<String, List<String>> into, String error) throws MalformedMessageException {
        String key = "";
        List<String> values = new ArrayList<>();
        int mark = enter(error);
        for (int part; (part = nextField("failed to decode string list entry tag")) != 0; ) {
            switch (part) {
                case 1 -> key = readString("failed to decode string list entry key");
                case 2 -> values.add(readString("failed to decode string list entry value"));
                default -> skip("failed to skip unknown string list entry field");
            }
        }
        leave(mark);
        if (!RawText.isBlank(key)) {
            into.put(key, values);
        }
    }

    /**
     * Skips the field whose tag was read last, by the wire type of its tag. Groups nest at most 10,000 deep.
     *
     * @param error the text when it cannot be skipped, not null
     * @throws MalformedMessageException when the field is truncated, its wire type is 6 or 7, or a group does not match
     */
    public void skip(String error) throws MalformedMessageException {
        if (wireType != GROUP_START) {
            skipPlain(wireType, error);
            return;
        }
        int depth = 0;
        openGroup(depth++, field);
        while (depth > 0) {
            if (position == limit) {
                throw new MalformedMessageException(error);
            }
            int number = nextField(error);
            if (wireType == GROUP_START) {
                if (depth == MAX_GROUPS) {
                    throw new MalformedMessageException(error);
                }
                openGroup(depth++, number);
            } else if (wireType == GROUP_END) {
                if (openGroups[--depth] != number) {
                    throw new MalformedMessageException(error);
                }
            } else {
                skipPlain(wireType, error);
            }
        }
    }

    private void openGroup(int depth, int number) {
        if (depth == openGroups.length) {
            openGroups = Arrays.copyOf(openGroups, Math.max(16, 2 * depth));
        }
        openGroups[depth] = number;
    }

    private void skipPlain(int type, String error) throws MalformedMessageException {
        switch (type) {
            case VARINT -> varint(error);
            case FIXED64 -> skipBytes(8, error);
            case BYTES -> readRange(error);
            case FIXED32 -> skipBytes(4, error);
            default -> throw new MalformedMessageException(error);
        }
    }

    private void skipBytes(int count, String error) throws MalformedMessageException {
        if (limit - position < count) {
            throw new MalformedMessageException(error);
        }
        position += count;
    }

    private long varint(String error) throws MalformedMessageException {
        if (position < limit && buffer[position] >= 0) {
            return buffer[position++];
        }
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position == limit) {
                throw new MalformedMessageException(error);
            }
            byte next = buffer[position++];
            if (shift == 63 && (next & 0xFF) > 1) {
                throw new MalformedMessageException(error);
            }
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedMessageException(error);
    }
}
