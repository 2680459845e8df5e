// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the memory of all guests of the node. A running execution is never ended because the node is full, only because
 * its plugin's share is (DESIGN 4): so a plugin cannot end another one's executions. Who starts executions asks
 * {@link Share#hasRoom()} first and answers {@code busy} without it; a plugin that owns less than its reserve always has
 * room, so that others cannot keep it out. Thread-safe.
 */
public final class NodePages {
    /** What ended executions leave for the next ones is a small part of what they all may have, and 64 MiB at most. */
    private static final long KEPT_SHARE = 16;

    private static final long MOST_KEPT = 1024L << (16 - GuestMemory.FRAME_SHIFT);

    private final long limit;
    private final long reserve;
    private final AtomicLong used = new AtomicLong();
    private final FramePool frames;

    /**
     * Makes a node without guests.
     *
     * @param limit from how many pages of 64 KiB on nothing new starts, above 0
     * @param reserve with how many pages of its own a plugin starts nevertheless, 0 or more
     */
    public NodePages(long limit, long reserve) {
        if (limit <= 0 || reserve < 0) {
            throw new IllegalArgumentException("the limit of a node's guest memory must be above 0 pages, not " + limit
                    + ", and the reserve not negative: " + reserve);
        }
        this.limit = limit;
        this.reserve = reserve;
        this.frames = new FramePool((int) Math.min(MOST_KEPT, limit / KEPT_SHARE));
    }

    /**
     * How much is charged now.
     *
     * @return pages of 64 KiB
     */
    public long used() {
        return used.get();
    }

    /**
     * How much may be charged before nothing new starts.
     *
     * @return pages of 64 KiB
     */
    public long limit() {
        return limit;
    }

    /**
     * Opens a plugin's share.
     *
     * @param shareLimit how many pages of 64 KiB the plugin's executions may own together, above 0
     * @return a new budget, never null
     */
    public Share share(long shareLimit) {
        return new Share(shareLimit);
    }

    /** What one plugin's executions own together. */
    public final class Share implements PageBudget {
        private final long shareLimit;
        private final AtomicLong shareUsed = new AtomicLong();

        private Share(long shareLimit) {
            this.shareLimit = shareLimit;
        }

        /**
         * Tells whether another execution of the plugin may start.
         *
         * @return false while the node's limit is reached and the plugin's reserve used
         */
        public boolean hasRoom() {
            return used.get() < limit || shareUsed.get() < reserve;
        }

        @Override
        public boolean charge(int pages) {
            if (shareUsed.addAndGet(pages) > shareLimit) {
                shareUsed.addAndGet(-pages);
                return false;
            }
            used.addAndGet(pages);
            return true;
        }

        @Override
        public void release(int pages) {
            shareUsed.addAndGet(-pages);
            used.addAndGet(-pages);
        }

        @Override
        public FramePool frames() {
            return frames;
        }
    }
}
