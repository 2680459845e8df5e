// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.state;

/**
 * How much one scope may hold. Bytes are the UTF-8 bytes of keys and values together; overwriting refunds the old value
 * first (contract D7). A scope that holds more already, because the quota was lowered, may be written as long as a write
 * makes it hold no more than before, in keys and in bytes.
 *
 * @param maxKeys the most keys, positive
 * @param maxBytes the most bytes, positive
 */
public record StateQuota(long maxKeys, long maxBytes) {
    /** Checks the components. */
    public StateQuota {
        if (maxKeys <= 0 || maxBytes <= 0) {
            throw new IllegalArgumentException("a quota is positive: keys=" + maxKeys + " bytes=" + maxBytes);
        }
    }
}
