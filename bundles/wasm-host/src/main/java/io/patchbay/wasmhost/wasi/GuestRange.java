// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import com.dylibso.chicory.runtime.Memory;

/** Checks of a guest's pointers against its memory. Pointers and lengths are unsigned 32-bit numbers (contract 1.1). */
final class GuestRange {
    private static final int PAGE_SHIFT = 16;

    private GuestRange() {}

    /** Tells whether [pointer, pointer + length) lies in memory; a length of 0 only needs a pointer up to its end. */
    static boolean isInside(Memory memory, int pointer, long length) {
        long size = (long) memory.pages() << PAGE_SHIFT;
        return length <= size && Integer.toUnsignedLong(pointer) <= size - length;
    }
}
