// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.witness;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.hostservice.Slot;
import io.patchbay.provider.Access;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * A volatile field that the best service is put into, as the component runtime does with a unary, dynamic, greedy reference:
 * the replacement first, then the old one goes, whoever is inside it.
 *
 * @param <T> the SPI
 */
final class PlainSlot<T> implements Slot<T>, PluginSlot<T>, ServiceTrackerCustomizer<T, T> {
    private final String kind;
    private final BundleContext owner;
    private final Map<ServiceReference<T>, T> known = new ConcurrentSkipListMap<>();
    private final ServiceTracker<T, T> tracker;
    private volatile @Nullable T bound;

    @SuppressWarnings("this-escape") // the tracker is opened when everything is there
    PlainSlot(BundleContext owner, Class<T> spi, String kind) {
        this.owner = owner;
        this.kind = kind;
        tracker = new ServiceTracker<>(owner, spi, this);
        tracker.open();
    }

    @Override
    public T addingService(ServiceReference<T> reference) {
        T service = owner.getService(reference);
        known.put(reference, service);
        bindBest();
        return service;
    }

    @Override
    public void modifiedService(ServiceReference<T> reference, T service) {}

    @Override
    public void removedService(ServiceReference<T> reference, T service) {
        known.remove(reference);
        bindBest();
        owner.ungetService(reference);
    }

    private synchronized void bindBest() {
        bound = known.values().stream().reduce((worse, better) -> better).orElse(null);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public PluginSlot<T> forPlugin(String pluginId) {
        return this;
    }

    private T provided() throws ProviderUnavailableException {
        @Nullable T provider = bound;
        if (provider == null) {
            throw new ProviderUnavailableException(kind, "nothing is bound");
        }
        return provider;
    }

    @Override
    public Lease<T> lease(Access access, long deadlineNanos) throws ProviderUnavailableException {
        return new Unleased<>(provided());
    }

    @Override
    public boolean isServed() {
        return bound != null;
    }

    @Override
    public Optional<Lease<T>> tryLease() {
        return Optional.ofNullable(bound).map(Unleased::new);
    }

    @Override
    public <R, X extends Exception> R call(Access access, long deadlineNanos, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        T provider = provided();
        try {
            return call.on(provider);
        } catch (RuntimeException e) {
            throw new ProviderFailedException(kind, "plain", "none", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public <R, X extends Exception> R call(Access access, HostCall host, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        return call(access, host.execution().deadlineNanos(), call);
    }

    @Override
    public void close() {
        tracker.close();
    }

    private record Unleased<T>(T provider) implements Lease<T> {
        @Override
        public String providerName() {
            return "plain";
        }

        @Override
        public void close() {}
    }
}
