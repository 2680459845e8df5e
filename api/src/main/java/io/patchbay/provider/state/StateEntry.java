// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.state;

import java.util.Objects;

/**
 * One key and its value, as listed for inspection, migration and purge.
 *
 * @param key not null
 * @param value not null, may be empty
 */
public record StateEntry(String key, String value) {
    /** Checks the components. */
    public StateEntry {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
    }
}
