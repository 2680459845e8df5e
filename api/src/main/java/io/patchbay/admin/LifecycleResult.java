// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a change in a plugin's life did, or would do.
 *
 * @param pluginId the plugin; empty when all are concerned, not null
 * @param dryRun whether nothing was changed
 * @param steps what was done, or with {@code dryRun} would be done, in order, one line each; empty when there was nothing
 *     to do, not null
 * @param notes what an operator should know besides, such as a callback that failed afterwards, one line each, not null
 * @param plugin the plugin as it is now; empty when it is not installed, not null
 */
public record LifecycleResult(
        String pluginId, boolean dryRun, List<String> steps, List<String> notes, Optional<PluginView> plugin) {
    /** Checks the components and copies the lists. */
    public LifecycleResult {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(plugin, "plugin");
        steps = List.copyOf(steps);
        notes = List.copyOf(notes);
    }
}
