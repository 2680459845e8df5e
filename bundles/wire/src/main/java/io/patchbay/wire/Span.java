// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import io.patchbay.hostservice.codec.RawText;
import java.util.Arrays;

/** Where one field's bytes are inside a message. Reused for the next message; for one thread. */
public final class Span {
    private static final byte[] NOTHING = new byte[0];

    private byte[] buffer = NOTHING;
    private int offset;
    private int length;

    void set(byte[] source, int from, int count) {
        buffer = source;
        offset = from;
        length = count;
    }

    void clear() {
        set(NOTHING, 0, 0);
    }

    /** The array that holds the bytes. */
    public byte[] buffer() {
        return buffer;
    }

    /** The index of the first byte in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** The number of bytes; 0 when the field is not there. */
    public int length() {
        return length;
    }

    /** Tells whether the field is missing or empty. */
    public boolean isEmpty() {
        return length == 0;
    }

    /** Tells whether the field is missing or only white space (contract 2.1). Makes no text of plain ASCII. */
    public boolean isBlank() {
        for (int i = offset; i < offset + length; i++) {
            if (buffer[i] < 0) {
                return RawText.isBlank(text());
            }
            if (!RawText.isSpace((char) buffer[i])) {
                return false;
            }
        }
        return true;
    }

    /** Tells whether the bytes are exactly these. */
    public boolean contentEquals(byte[] expected) {
        return Arrays.equals(buffer, offset, offset + length, expected, 0, expected.length);
    }

    /** Makes a text of the bytes, without loss and untrimmed. */
    public String text() {
        return RawText.decode(buffer, offset, length);
    }
}
