// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * A window into a module's bytes: reads the primitive encodings and never past its end. Numbers may be longer than needed, as
 * the specification allows (Go's linker pads lengths to five bytes), but not longer than their type. Not thread-safe.
 */
final class WasmInput {
    private final byte[] bytes;
    private final Supplier<String> place;
    private int position;
    private int end;

    /** A window over {@code bytes[start, end)}; {@code place} says in messages what is being read. */
    WasmInput(byte[] bytes, int start, int end, Supplier<String> place) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.place = place;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    int remaining() {
        return end - position;
    }

    /** Moves the window over the same bytes. */
    void window(int start, int newEnd) {
        position = start;
        end = newEnd;
    }

    int u8() throws ArtifactException {
        if (position >= end) {
            throw truncated();
        }
        return bytes[position++] & 0xff;
    }

    int peek() throws ArtifactException {
        if (position >= end) {
            throw truncated();
        }
        return bytes[position] & 0xff;
    }

    void skip(int count) throws ArtifactException {
        if (count < 0 || count > remaining()) {
            throw truncated();
        }
        position += count;
    }

    /** An unsigned 32-bit number, at most five bytes. */
    long u32() throws ArtifactException {
        int first = u8();
        if (first < 0x80) {
            return first;
        }
        long value = first & 0x7f;
        for (int shift = 7; shift < 35; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (value > 0xffff_ffffL) {
                    throw malformed("a number is larger than 32 bits", position - 5);
                }
                return value;
            }
        }
        throw malformed("a number is longer than five bytes", position - 5);
    }

    /** A signed number of {@code bits} bits. */
    long signed(int bits) throws ArtifactException {
        int start = position;
        long value = 0;
        int shift = 0;
        int next;
        do {
            if (shift >= bits) {
                throw malformed("a number is longer than its type allows", start);
            }
            next = u8();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next >= 0x80);
        if (shift > bits) {
            // what does not fit in the type must repeat the sign
            int used = bits - (shift - 7);
            int rest = (next & 0x7f) >> (used - 1);
            if (rest != 0 && rest != 0x7f >> (used - 1)) {
                throw malformed("a number is larger than its type allows", start);
            }
        }
        int unused = Math.max(0, 64 - shift);
        return value << unused >> unused;
    }

    /** A count of items, each of at least {@code itemBytes} bytes, checked against limit and what is left. */
    int count(String items, long limit, int itemBytes) throws ArtifactException {
        int at = position;
        long count = u32();
        if (count > limit) {
            throw limit(count + " " + items, limit, at);
        }
        if (count * itemBytes > remaining()) {
            throw malformed(count + " " + items + " are announced, the bytes for them are not there", at);
        }
        return (int) count;
    }

    /** An index below {@code count}. */
    int index(String what, int count) throws ArtifactException {
        int at = position;
        long index = u32();
        if (index >= count) {
            throw malformed(what + " " + index + " does not exist, there are " + count, at);
        }
        return (int) index;
    }

    /** A length and that many bytes of UTF-8. */
    String name() throws ArtifactException {
        int at = position;
        int length = count("bytes of a name", 100_000, 1);
        try {
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, position, length))
                    .toString();
            position += length;
            return name;
        } catch (CharacterCodingException e) {
            throw malformed("a name is not valid UTF-8", at);
        }
    }

    ArtifactException truncated() {
        return new ArtifactException(
                Code.TRUNCATED,
                place.get() + " ends too early at offset " + hex(end) + ": the file is truncated or damaged");
    }

    ArtifactException malformed(String what, int at) {
        return new ArtifactException(Code.MALFORMED, place.get() + ", offset " + hex(at) + ": " + what);
    }

    ArtifactException limit(String what, long limit, int at) {
        return new ArtifactException(
                Code.LIMIT, place.get() + ", offset " + hex(at) + ": " + what + ", the limit is " + limit);
    }

    ArtifactException feature(Feature feature, String what, int at) {
        return new ArtifactException(
                Code.FEATURE,
                place.get() + " uses " + feature.title() + " (" + what + ", offset " + hex(at)
                        + "), which this host does not offer: " + feature.remedy());
    }

    static String hex(int offset) {
        return String.format("0x%x", offset);
    }
}
