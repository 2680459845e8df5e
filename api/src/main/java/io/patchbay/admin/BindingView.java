// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Objects;

/**
 * Which provider serves a plugin in one kind, and why.
 *
 * @param kind not null
 * @param pluginId the plugin; empty for the default of all plugins, not null
 * @param provider the provider that serves now; empty when none does, not null
 * @param wish the provider that a binding names; empty when nothing is bound, not null
 * @param pending whether the binding would need a move of the plugin's data, which the owner serves until then
 * @param reason why this one, one line, not null
 */
public record BindingView(String kind, String pluginId, String provider, String wish, boolean pending, String reason) {
    /** Checks the components. */
    public BindingView {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(wish, "wish");
        Objects.requireNonNull(reason, "reason");
    }
}
