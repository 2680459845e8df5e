// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.util.Objects;
import java.util.Set;

/**
 * For whom a method is bound.
 *
 * @param pluginId the plugin, not null
 * @param digest SHA-256 of the artifact that the grant belongs to, 64 lower-case hex digits, not null
 * @param resources the granted resource names of a service of kind {@link ResourceKind#REF}, else empty, unmodifiable
 */
public record PluginContext(String pluginId, String digest, Set<String> resources) {
    /** Checks the components and copies the resources. */
    public PluginContext {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(digest, "digest");
        resources = Set.copyOf(resources);
    }
}
