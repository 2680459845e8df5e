// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What one scope of a plugin's state holds.
 *
 * @param pluginId not null
 * @param tenantId the tenant, 0 for the platform; empty when the plugin's scopes could not be read
 * @param keys the number of keys
 * @param bytes UTF-8 bytes of keys and values together
 * @param maxKeys the keys that the plugin may have in a scope
 * @param maxBytes the bytes that the plugin may have in a scope
 * @param detail one line more, such as why it could not be read; empty when there is nothing to say, not null
 */
public record StateScopeView(
        String pluginId, OptionalInt tenantId, long keys, long bytes, long maxKeys, long maxBytes, String detail) {
    /** Checks the components. */
    public StateScopeView {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(tenantId, "tenantId");
        Objects.requireNonNull(detail, "detail");
    }
}
