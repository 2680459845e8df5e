// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A growing byte string with the primitive encodings of the WebAssembly binary format. Not thread-safe. */
public final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Appends bytes, each given as an int of which the low eight bits count. */
    public Bytes raw(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    /** Appends bytes. */
    public Bytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Appends an unsigned LEB128 number in its shortest form. */
    public Bytes u32(long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /** Appends an unsigned LEB128 number in five bytes, as Go's linker does. */
    public Bytes padded(long value) {
        for (int shift = 0; shift < 28; shift += 7) {
            out.write((int) (value >>> shift & 0x7f) | 0x80);
        }
        out.write((int) (value >>> 28 & 0x0f));
        return this;
    }

    /** Appends a signed LEB128 number in its shortest form. */
    public Bytes s64(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>= 7;
        }
        out.write((int) (rest & 0x7f));
        return this;
    }

    /** Appends a length in bytes and the UTF-8 text. */
    public Bytes name(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).raw(utf8);
    }

    /** How many bytes there are. */
    public int size() {
        return out.size();
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return out.toByteArray();
    }
}
