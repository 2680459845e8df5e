// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.state;

/**
 * What one scope holds.
 *
 * @param keys the number of keys, not negative
 * @param bytes UTF-8 bytes of keys and values together, not negative
 */
public record StateUsage(long keys, long bytes) {
    /** A scope without keys. */
    public static final StateUsage EMPTY = new StateUsage(0, 0);
}
