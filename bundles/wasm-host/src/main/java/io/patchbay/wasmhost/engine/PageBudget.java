// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

/**
 * Who pays for the memory of guests: a plugin's share of the node's memory (DESIGN 4). Memories charge it in chunks of 64
 * pages, when pages become their own. Thread-safe.
 */
public interface PageBudget {
    /** Pays for everything; for tools and tests. */
    PageBudget UNLIMITED = new PageBudget() {
        @Override
        public boolean charge(int pages) {
            return true;
        }

        @Override
        public void release(int pages) {
            // nothing was counted
        }
    };

    /**
     * Pays for pages.
     *
     * @param pages how many pages of 64 KiB, above 0
     * @return false when the plugin's share does not suffice; then nothing was charged
     */
    boolean charge(int pages);

    /**
     * Takes pages back.
     *
     * @param pages as many as were charged by the memory that gives them back, 0 or more
     */
    void release(int pages);

    /**
     * Where frames come from, and where they go once nobody uses them.
     *
     * @return never null, the same each time
     */
    default FramePool frames() {
        return FramePool.NONE;
    }
}
