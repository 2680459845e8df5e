// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Frames that ended executions owned, scrubbed, for the next ones of the node (DESIGN 8). Without it every execution leaves
 * at least 64 KiB to the collector, and each new frame is memory that no cache has seen.
 *
 * <p>A frame that is here is nobody else's and holds zeros only, so no guest ever reads what another one wrote. The one
 * that came last goes first: it is the likeliest to be in a cache.
 *
 * <p>Thread-safe. A lock is held for putting one array on a stack or taking it off, never while bytes are written.
 */
public final class FramePool {
    /** Keeps nothing; for tools and tests. */
    static final FramePool NONE = new FramePool(0);

    private final int capacity;
    private final Deque<byte[]> frames = new ArrayDeque<>();

    /**
     * Makes an empty pool.
     *
     * @param capacity how many frames it keeps at most, 0 or more
     */
    FramePool(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("a pool cannot keep " + capacity + " frames");
        }
        this.capacity = capacity;
    }

    /** A frame of zeros that is the caller's alone. */
    byte[] zeros() {
        byte[] frame = take();
        return frame == null ? new byte[GuestMemory.FRAME_SIZE] : frame;
    }

    /** A copy of a frame that is the caller's alone. */
    byte[] copy(byte[] original) {
        byte[] frame = take();
        if (frame == null) {
            return original.clone();
        }
        System.arraycopy(original, 0, frame, 0, GuestMemory.FRAME_SIZE);
        return frame;
    }

    private synchronized byte @Nullable [] take() {
        return frames.pollFirst();
    }

    /**
     * Takes a frame back, or leaves it to the collector when the pool is full.
     *
     * @param frame one that nobody reads or writes any more
     */
    void giveBack(byte[] frame) {
        if (kept() >= capacity) {
            return;
        }
        Arrays.fill(frame, (byte) 0);
        synchronized (this) {
            if (frames.size() < capacity) {
                frames.addFirst(frame);
            }
        }
    }

    /** How many frames are kept now. */
    synchronized int kept() {
        return frames.size();
    }
}
