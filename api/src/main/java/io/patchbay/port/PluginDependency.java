// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.Objects;

/**
 * Another plugin that a plugin depends on (contract 5.1).
 *
 * @param pluginId not null
 * @param versionRange terms such as {@code >=1.0.0 <2.0.0}, empty for any, not null
 */
public record PluginDependency(String pluginId, String versionRange) {
    /** Checks the components. */
    public PluginDependency {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(versionRange, "versionRange");
    }
}
