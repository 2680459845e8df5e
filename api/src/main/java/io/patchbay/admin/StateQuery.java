// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Objects;
import java.util.Optional;

/**
 * Which entries of a plugin's state to list.
 *
 * @param pluginId the plugin, not null
 * @param tenantId the tenant, 0 for the platform, not negative
 * @param prefix only keys that begin with it; empty for all, not null
 * @param after only keys behind this one, in the order of their UTF-8 bytes; empty to start at the first, not null
 * @param limit the most entries, 1 to {@link #MAX_LIMIT}
 */
public record StateQuery(String pluginId, int tenantId, String prefix, Optional<String> after, int limit) {
    /** The most entries of a page. */
    public static final int MAX_LIMIT = 1_000;

    /** Checks the components. */
    public StateQuery {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(after, "after");
        if (tenantId < 0) {
            throw new IllegalArgumentException("tenantId must not be negative: " + tenantId);
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT + ": " + limit);
        }
    }
}
