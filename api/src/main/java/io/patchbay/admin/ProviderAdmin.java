// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Providers and bindings, for operators. Implemented by {@code io.patchbay.bay}. Thread-safe. {@link #why} and
 * {@link #bindForNow} wait for providers that are just starting, at most the grace time.
 */
@ProviderType
public interface ProviderAdmin {
    /**
     * Lists the kinds with an open slot.
     *
     * @return sorted, unmodifiable, never null
     */
    List<String> kinds();

    /**
     * Lists the providers of every open kind.
     *
     * @return by kind, then in the order of choice, unmodifiable, never null
     */
    List<ProviderView> providers();

    /**
     * Lists what serves whom.
     *
     * @param pluginId the plugin, or empty text for the defaults, not null
     * @return one per open kind, unmodifiable, never null
     */
    List<BindingView> bindings(String pluginId);

    /**
     * Binds a provider until the framework stops; nothing durable changes. Replaces an earlier binding of the same kind
     * and plugin. Returns when the new provider serves and the old one's calls have ended.
     *
     * @param kind an open kind, not null
     * @param provider the name of a ready provider, not null
     * @param pluginId the plugin, or empty text for all plugins without a binding of their own, not null
     * @throws AdminException {@code INPUT} for an unknown kind or provider (those that exist are named), {@code REFUSED}
     *     when the kind is sticky and another store owns the plugin's data (the owner is named), {@code UNAVAILABLE} when
     *     the provider is not ready
     */
    void bindForNow(String kind, String provider, String pluginId) throws AdminException;

    /**
     * Explains which provider serves a plugin in a kind, and which line decided.
     *
     * @param pluginId the plugin, or empty text for the default, not null
     * @param kind an open kind, not null
     * @return never null
     * @throws AdminException {@code INPUT} for an unknown kind
     */
    Explanation why(String pluginId, String kind) throws AdminException;
}
