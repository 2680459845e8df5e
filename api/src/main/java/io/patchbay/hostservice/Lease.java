// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The right to call one provider until it is closed. Shared by the calls in flight on that provider, so closing it twice
 * is an error of the caller that the patch bay cannot see.
 *
 * @param <T> the SPI
 */
@ProviderType
public interface Lease<T> extends AutoCloseable {
    /**
     * The provider.
     *
     * @return never null; not to be kept beyond {@link #close()}
     */
    T provider();

    /**
     * The provider's name.
     *
     * @return never null
     */
    String providerName();

    /** Gives the lease back. Exactly once. */
    @Override
    void close();
}
