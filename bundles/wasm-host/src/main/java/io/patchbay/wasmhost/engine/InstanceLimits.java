// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

/**
 * What one instance may have (DESIGN 4).
 *
 * @param maximumPages pages of 64 KiB, 1 to 32767
 * @param maximumTableEntries entries of a table, above 0
 */
public record InstanceLimits(int maximumPages, int maximumTableEntries) {
    /** 4096 pages, which is 256 MiB, and 100,000 entries. */
    public static final InstanceLimits DEFAULT = new InstanceLimits(4096, 100_000);

    /** Checks the ranges. */
    public InstanceLimits {
        if (maximumPages < 1 || maximumPages > 32_767) {
            throw new IllegalArgumentException("the memory limit must be 1 to 32767 pages, not " + maximumPages);
        }
        if (maximumTableEntries < 1) {
            throw new IllegalArgumentException("the table limit must be above 0, not " + maximumTableEntries);
        }
    }
}
