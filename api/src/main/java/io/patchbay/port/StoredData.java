// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.provider.ProviderException;
import java.util.List;
import java.util.Objects;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What stores hold of plugins, whatever the kind: the store that owns a plugin's data, and those from which it was moved
 * away and which still hold what they had. Implemented by {@code io.patchbay.bay}, used by {@code io.patchbay.lifecycle}.
 * Thread-safe.
 */
@ProviderType
public interface StoredData {
    /**
     * One store that holds data of a plugin.
     *
     * @param kind the sticky kind, not null
     * @param provider the name of the provider that works on it, not null
     * @param owner whether it owns the data now
     * @param keys how many keys it holds, 0 when it cannot be asked
     * @param unreachable why it cannot be purged now, for operators; empty when it can, not null
     */
    record Part(String kind, String provider, boolean owner, long keys, String unreachable) {
        /** Checks the components. */
        public Part {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(provider, "provider");
            Objects.requireNonNull(unreachable, "unreachable");
        }
    }

    /**
     * Lists the stores that hold data of a plugin. Waits for providers that are just starting, at most the grace time.
     *
     * @param pluginId the plugin, not null
     * @return the owners first, unmodifiable, never null
     * @throws ProviderException when owners or journal cannot be read
     */
    List<Part> of(String pluginId);

    /**
     * Removes everything of a plugin, in every scope and from every such store, closes its moves in the journal, and then
     * forgets its owners. The plugin does not run meanwhile. Done twice it changes nothing more.
     *
     * @param pluginId the plugin, not null
     * @throws ProviderException when a store cannot be purged now; what it owns is still owned, and a later call goes on
     */
    void purge(String pluginId);
}
