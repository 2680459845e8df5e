// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The place in the patch bay where the providers of one kind are plugged in. Thread-safe.
 *
 * @param <T> the SPI
 */
@ProviderType
public interface Slot<T> extends AutoCloseable {
    /**
     * The kind's name.
     *
     * @return as in the options, never null
     */
    String kind();

    /**
     * The slot as one plugin uses it. Asked for once, when a method is bound; the same object for the same plugin.
     *
     * @param pluginId the plugin, not null
     * @return never null; stays usable across swaps until the slot closes
     */
    PluginSlot<T> forPlugin(String pluginId);

    /** Closes the slot: waits for leases at most the drain time and lets every provider go. Idempotent. */
    @Override
    void close();
}
