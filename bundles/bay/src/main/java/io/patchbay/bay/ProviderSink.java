// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

/**
 * Hears of providers as they come and go. Called from any thread; for one service in the order added, changed, removed.
 *
 * @param <T> the SPI
 */
interface ProviderSink<T> {
    /** A service is there, but not necessarily ready. */
    void added(ProviderTraits traits, T service);

    /** A service is registered but cannot be had; it is shown and never chosen. */
    void unusable(ProviderTraits traits, String reason);

    /** The properties of a service changed. */
    void changed(ProviderTraits traits);

    /** A service leaves. Returns when its calls have ended, or after the drain time; then it may be let go. */
    void removed(long serviceId);
}
