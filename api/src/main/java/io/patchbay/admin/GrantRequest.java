// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Objects;
import java.util.Set;

/**
 * An operator's decision on what a plugin requests.
 *
 * @param pluginId the plugin, not null
 * @param all grant everything that the newest release requests
 * @param methods names {@code service.method} to grant; each must be requested, not null
 * @param whole whether the decision covers the whole request: what is undecided and not granted is recorded as refused
 *     (DESIGN 6), earlier decisions on methods that are not named stay; when false, only the named methods are decided
 * @param actor who decides, for the record, not null
 */
public record GrantRequest(String pluginId, boolean all, Set<String> methods, boolean whole, String actor) {
    /** Checks the components and copies the set. */
    public GrantRequest {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(actor, "actor");
        methods = Set.copyOf(methods);
    }
}
