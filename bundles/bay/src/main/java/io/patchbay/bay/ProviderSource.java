// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

/**
 * Where a slot's providers come from: the service registry, or a test.
 *
 * @param <T> the SPI
 */
interface ProviderSource<T> {
    /** The name of the type that its services are registered as. */
    String spi();

    /** Begins to tell the sink; what is there already is told before this returns. */
    void open(ProviderSink<T> sink);

    /** Lets go of every service, telling the sink first. Idempotent. */
    void close();
}
