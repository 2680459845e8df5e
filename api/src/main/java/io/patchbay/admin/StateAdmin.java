// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What plugins keep, to look at. Read through the patch bay under leases, from the store that owns each plugin's data and
 * from no other. Implemented by {@code io.patchbay.runtime}. Thread-safe.
 *
 * <p>Keys and values are data of plugins: whoever shows them escapes them.
 */
@ProviderType
public interface StateAdmin {
    /**
     * Counts what plugins keep, scope by scope. A plugin whose store does not answer is shown with what is wrong.
     *
     * @param pluginId only of this plugin; empty for every plugin whose data has an owner, not null
     * @return by plugin, then by tenant, unmodifiable, never null
     * @throws AdminException {@code INPUT} for an unknown plugin, {@code UNAVAILABLE} when the store of the plugin that was
     *     named does not answer
     */
    List<StateScopeView> usage(Optional<String> pluginId) throws AdminException;

    /**
     * Lists entries of one scope in the order of their keys' UTF-8 bytes, a page at a time.
     *
     * @param query what to list, not null
     * @return a page, never null
     * @throws AdminException {@code INPUT} for an unknown plugin, {@code UNAVAILABLE} when its store does not answer
     */
    StatePage list(StateQuery query) throws AdminException;

    /**
     * Reads one key.
     *
     * @param pluginId the plugin, not null
     * @param tenantId the tenant, 0 for the platform, not negative
     * @param key the key, not null
     * @return its value; empty when there is no such key
     * @throws AdminException {@code INPUT} for an unknown plugin, {@code UNAVAILABLE} when its store does not answer
     */
    Optional<String> get(String pluginId, int tenantId, String key) throws AdminException;
}
