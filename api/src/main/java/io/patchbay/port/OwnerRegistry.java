// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.provider.ProviderException;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The durable record of owners. Implemented by {@code io.patchbay.lifecycle}, used by {@code io.patchbay.bay}. Every change
 * is synced to the medium before its method returns. Thread-safe.
 */
@ProviderType
public interface OwnerRegistry {
    /**
     * Looks up an owner.
     *
     * @param kind the sticky kind, not null
     * @param pluginId the plugin, not null
     * @return empty when nothing was written yet
     * @throws ProviderException when the registry cannot be read
     */
    Optional<StoreOwner> owner(String kind, String pluginId);

    /**
     * Lists the owners of a kind.
     *
     * @param kind the sticky kind, not null
     * @return by plugin, unmodifiable, never null
     * @throws ProviderException when the registry cannot be read
     */
    Map<String, StoreOwner> owners(String kind);

    /**
     * Records the owner unless there is one.
     *
     * @param kind the sticky kind, not null
     * @param pluginId the plugin, not null
     * @param owner the store about to take the first write, not null
     * @return the owner that is recorded now: this one, or the one that was there first, never null
     * @throws ProviderException when the registry cannot be written; the write must then not happen
     */
    StoreOwner claim(String kind, String pluginId, StoreOwner owner);

    /**
     * Replaces the owner, after the data was moved or discarded.
     *
     * @param kind the sticky kind, not null
     * @param pluginId the plugin, not null
     * @param owner the new owner, not null
     * @throws ProviderException when the registry cannot be written
     */
    void change(String kind, String pluginId, StoreOwner owner);

    /**
     * Lists what a plugin owns, whatever the kind.
     *
     * @param pluginId the plugin, not null
     * @return by kind, unmodifiable, never null
     * @throws ProviderException when the registry cannot be read
     */
    Map<String, StoreOwner> ofPlugin(String pluginId);

    /**
     * Forgets the owner, after everything of the plugin was removed. The next first write makes another.
     *
     * @param kind the sticky kind, not null
     * @param pluginId the plugin, not null
     * @throws ProviderException when the registry cannot be written; the owner stays then
     */
    void forget(String kind, String pluginId);
}
