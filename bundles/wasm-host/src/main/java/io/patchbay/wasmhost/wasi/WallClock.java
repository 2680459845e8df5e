// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import java.util.OptionalLong;

/** Real time for a plugin that was granted {@code info.now} (contract D9). */
@FunctionalInterface
public interface WallClock {
    /**
     * Reads the clock provider.
     *
     * @return milliseconds since 1970-01-01T00:00:00Z, or empty when no provider answered
     */
    OptionalLong unixMillis();
}
