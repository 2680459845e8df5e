// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

/** A range of guest memory in one i64: the pointer in the high 32 bits, the length in the low ones, both unsigned (contract 1.1). */
public final class PackedRange {
    private PackedRange() {}

    /** Packs a range; both numbers are taken as unsigned. */
    public static long pack(int pointer, int length) {
        return (long) pointer << 32 | Integer.toUnsignedLong(length);
    }

    /** The pointer, 0 to 2^32 - 1. */
    public static long pointer(long packed) {
        return packed >>> 32;
    }

    /** The length in bytes, 0 to 2^32 - 1. */
    public static long length(long packed) {
        return packed & 0xFFFF_FFFFL;
    }
}
