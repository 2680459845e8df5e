// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.BundleContext;

/**
 * The patch bay: where a host service opens a slot for each kind of provider it needs.
 *
 * <p>The five built-in kinds and every open kind use this one call; what is opened here is chosen, leased, swapped,
 * explained and shown by the same code. Registered as an OSGi service by the bundle {@code io.patchbay.bay}.
 */
@ProviderType
public interface ProviderSlots {
    /**
     * Opens a slot. Providers are tracked with the owner's bundle context, so the SPI may be any type that the owner
     * sees. The slot closes, drained, when the owner stops; an owner may close it earlier.
     *
     * @param <T> the SPI
     * @param owner the bundle context of the bundle that calls the providers, not null
     * @param spi the service interface of the providers, not null
     * @param options the kind's name and nature, not null
     * @return a new slot, never null
     * @throws IllegalStateException when a slot of this kind is open already; the message names the kind and its owner
     */
    <T> Slot<T> open(BundleContext owner, Class<T> spi, SlotOptions<T> options);
}
