// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.state;

import java.util.Objects;

/**
 * Whose state it is. Minted by the host, never taken from the wire; two scopes never see each other's keys.
 *
 * @param pluginId {@code [a-z0-9]+(-[a-z0-9]+)*}, at most 64 characters, not null
 * @param tenantId 0 for the platform, else the tenant, never negative
 */
public record StateScope(String pluginId, int tenantId) {
    /** Checks the components. */
    public StateScope {
        Objects.requireNonNull(pluginId, "pluginId");
        if (tenantId < 0) {
            throw new IllegalArgumentException("tenantId must not be negative: " + tenantId);
        }
    }
}
