// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What the patch bay asks of every provider, whatever its kind.
 *
 * <p>Implementations are declarative-services components registered under their SPI (an interface that extends this
 * one) with the properties of {@link PatchbayProvider}. All methods are called from any thread, concurrently with the
 * methods of the SPI; none may be called after the component was deactivated - the patch bay waits for calls in flight
 * before it lets a provider go.
 *
 * <p>The constants name the service properties; authors write {@link PatchbayProvider} instead.
 */
@ConsumerType
public interface Provider {
    /** Service property: the provider's name, unique within its kind ({@code String}, {@code [a-z0-9][a-z0-9-]*}, at most 64). */
    String NAME = "patchbay.provider";

    /** Service property: the longest time one call may take, in milliseconds ({@code Long}). */
    String CALL_TIMEOUT = "patchbay.call.timeout";

    /** Service property: chosen only when a binding names it, never by ranking ({@code Boolean}, absent means false). */
    String EXPLICIT = "patchbay.explicit";

    /** Service property: which calls may block on I/O (name of a {@link Blocking} constant, absent means {@code NONE}). */
    String BLOCKING = "patchbay.blocking";

    /**
     * Completes when this provider can serve calls; completes exceptionally when it cannot and will not without a change.
     *
     * <p>A provider connects to servers and opens files on a thread of its own, never in its activation method, and
     * completes this stage when that is done. The patch bay publishes no provider before its stage is complete. A
     * provider that needs no preparation keeps this default.
     *
     * @return a stage, never null; every call during the life of the component gives one with the same outcome; the
     *     exception's message is shown to operators
     */
    default CompletionStage<Void> ready() {
        return CompletableFuture.completedFuture(null);
    }

    /**
     * Says how this provider is now. Returns at once; what takes time is measured elsewhere and remembered.
     *
     * @return the current health, never null
     */
    default ProviderHealth health() {
        return ProviderHealth.UP;
    }
}
