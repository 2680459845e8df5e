// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.provider.state.StateQuota;

/**
 * How much one plugin may ask of the host service (DESIGN 4).
 *
 * @param keyBytes the longest state key in UTF-8 bytes, 1 to 255
 * @param valueBytes the longest state value in UTF-8 bytes, 0 to 1,048,576
 * @param batchKeys the most keys of a batch, 1 to 100
 * @param batchBytes the most value bytes of a batch in either direction, 0 to 1,048,576
 * @param quota what one scope may hold
 * @param logRate log lines per second, sustained, at least 1
 * @param logBurst log lines at once, at least 1
 */
record RuntimeLimits(
        int keyBytes, int valueBytes, int batchKeys, int batchBytes, StateQuota quota, int logRate, int logBurst) {
    /** What the SPI of the kind state promises its providers; no setting goes beyond. */
    static final int MAX_KEY_BYTES = 255;

    static final int MAX_VALUE_BYTES = 1 << 20;
    static final int MAX_BATCH_KEYS = 100;

    static final RuntimeLimits DEFAULT = new RuntimeLimits(
            MAX_KEY_BYTES,
            MAX_VALUE_BYTES,
            MAX_BATCH_KEYS,
            MAX_VALUE_BYTES,
            new StateQuota(10_000, 16L << 20),
            200,
            1_000);

    RuntimeLimits {
        requireRange("state key bytes", keyBytes, 1, MAX_KEY_BYTES);
        requireRange("state value bytes", valueBytes, 0, MAX_VALUE_BYTES);
        requireRange("state batch keys", batchKeys, 1, MAX_BATCH_KEYS);
        requireRange("state batch bytes", batchBytes, 0, MAX_VALUE_BYTES);
        requireRange("log lines per second", logRate, 1, 1_000_000);
        requireRange("log lines at once", logBurst, 1, 1_000_000);
    }

    private static void requireRange(String what, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(what + ": " + value + " is not " + lowest + " to " + highest);
        }
    }
}
