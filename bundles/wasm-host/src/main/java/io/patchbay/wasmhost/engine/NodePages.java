// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the memory of all guests of the node. A running execution is never ended because the node is full, only because
 * its plugin's share is (DESIGN 4): so a plugin cannot end another one's executions. Who starts executions asks
 * {@link #hasRoom()} first and answers {@code busy} without it. Thread-safe.
 */
public final class NodePages {
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * Makes a node without guests.
     *
     * @param limit from how many pages of 64 KiB on nothing new starts, above 0
     */
    public NodePages(long limit) {
        if (limit <= 0) {
            throw new IllegalArgumentException(
                    "the limit of a node's guest memory must be above 0 pages, not " + limit);
        }
        this.limit = limit;
    }

    /**
     * Tells whether a new execution may start.
     *
     * @return false while the node's limit is reached
     */
    public boolean hasRoom() {
        return used.get() < limit;
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
     * Opens a plugin's share.
     *
     * @param shareLimit how many pages of 64 KiB the plugin's executions may own together, above 0
     * @return a new budget, never null
     */
    public PageBudget share(long shareLimit) {
        return new Share(shareLimit);
    }

    private final class Share implements PageBudget {
        private final long shareLimit;
        private final AtomicLong shareUsed = new AtomicLong();

        Share(long shareLimit) {
            this.shareLimit = shareLimit;
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
    }
}
