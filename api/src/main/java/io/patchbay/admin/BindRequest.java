// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.Objects;

/**
 * An operator's wish which provider is to serve a kind.
 *
 * @param kind an open kind, not null
 * @param provider the provider's name; empty when only the filter decides, not null
 * @param pluginId the plugin; empty for all plugins without a binding of their own, not null
 * @param filter an LDAP filter over the provider's service properties; empty for none, not null
 * @param mode what becomes of data that another store owns, not null
 * @param overwrite whether a target that has data of the plugin already may lose it
 * @param dryRun whether only to say what would happen
 * @param actor who wishes it, not null
 */
public record BindRequest(
        String kind,
        String provider,
        String pluginId,
        String filter,
        Mode mode,
        boolean overwrite,
        boolean dryRun,
        String actor) {
    /** What becomes of data that another store owns. */
    public enum Mode {
        /** It stays; a binding of one plugin that would need a move is refused, a default leaves it pending. */
        NONE,
        /** It is copied. */
        COPY,
        /** The plugin starts empty; the source keeps it until {@code migrate drop}. */
        DISCARD
    }

    /** Checks the components. */
    public BindRequest {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(actor, "actor");
    }
}
