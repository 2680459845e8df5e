// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One call to a provider.
 *
 * @param <T> the SPI
 * @param <R> what it returns
 * @param <X> the SPI's own checked exception; {@code RuntimeException} when it has none
 */
@FunctionalInterface
@ConsumerType
public interface ProviderCall<T, R, X extends Exception> {
    /**
     * Calls the provider. Run again when the provider said that nothing was done ({@link PluginSlot#call}).
     *
     * @param provider under a lease during this call, not null
     * @return the result, not null
     * @throws X the SPI's own checked exception
     */
    R on(T provider) throws X;
}
