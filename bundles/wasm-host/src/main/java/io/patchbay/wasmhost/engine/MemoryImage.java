// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.util.Arrays;

/**
 * The memory that every instance of a module starts from, shared by all of them and never written. Frames that hold zeros
 * only are one and the same array.
 */
final class MemoryImage {
    private final int pages;
    private final byte[][] frames;

    private MemoryImage(int pages, byte[][] frames) {
        this.pages = pages;
        this.frames = frames;
    }

    /**
     * Makes an image of frames.
     *
     * @param pages its size in pages of 64 KiB
     * @param frames as many frames as that is; kept
     */
    static MemoryImage of(int pages, byte[][] frames) {
        if (frames.length != pages << (16 - GuestMemory.FRAME_SHIFT)) {
            throw new IllegalArgumentException("an image of " + pages + " pages has no " + frames.length + " frames");
        }
        return new MemoryImage(pages, frames);
    }

    /** An image of zeros. */
    static MemoryImage zeros(int pages) {
        byte[][] frames = new byte[pages << (16 - GuestMemory.FRAME_SHIFT)][];
        Arrays.fill(frames, GuestMemory.ZEROS);
        return new MemoryImage(pages, frames);
    }

    int pages() {
        return pages;
    }

    int frameCount() {
        return frames.length;
    }

    byte[] frame(int index) {
        return frames[index];
    }

    boolean isZero(int index) {
        return frames[index] == GuestMemory.ZEROS;
    }

    /** The page table of a memory that starts here. */
    byte[][] pageTable() {
        return frames.clone();
    }
}
