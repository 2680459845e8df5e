// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

/** Secure random bytes for a plugin that was granted {@code info.uuid} (contract D9). */
@FunctionalInterface
public interface RandomSource {
    /**
     * Fills the beginning of a buffer.
     *
     * @param buffer the target, not null
     * @param length how many bytes, at most 4,096 and at most the buffer's length
     */
    void fill(byte[] buffer, int length);
}
