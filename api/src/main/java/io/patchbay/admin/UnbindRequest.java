// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Objects;

/**
 * An operator takes a binding back. Data stays where it is.
 *
 * @param kind an open kind, not null
 * @param pluginId the plugin; empty for the default of the kind, not null
 * @param dryRun whether only to say what would happen
 * @param actor who wishes it, not null
 */
public record UnbindRequest(String kind, String pluginId, boolean dryRun, String actor) {
    /** Checks the components. */
    public UnbindRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(actor, "actor");
    }
}
