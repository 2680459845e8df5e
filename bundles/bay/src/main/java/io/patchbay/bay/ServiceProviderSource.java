// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Tracks the services of an SPI with the context of the slot's owner, so that only services whose SPI type is the owner's
 * own are seen, and this bundle needs no import of it.
 *
 * <p>The service registry calls back on the thread that unregisters, and waits: that is what holds a leaving provider
 * until its calls have ended.
 *
 * @param <T> the SPI
 */
final class ServiceProviderSource<T> implements ProviderSource<T> {
    private final BundleContext owner;
    private final Class<T> spi;
    private @Nullable ServiceTracker<T, Long> tracker;

    ServiceProviderSource(BundleContext owner, Class<T> spi) {
        this.owner = owner;
        this.spi = spi;
    }

    @Override
    public String spi() {
        return spi.getName();
    }

    @Override
    public synchronized void open(ProviderSink<T> sink) {
        ServiceTracker<T, Long> opened = new ServiceTracker<>(owner, spi, new Tracking<>(owner, sink));
        tracker = opened;
        opened.open();
    }

    @Override
    public void close() {
        @Nullable ServiceTracker<T, Long> opened;
        synchronized (this) {
            opened = tracker;
            tracker = null;
        }
        if (opened != null) {
            opened.close();
        }
    }

    private record Tracking<T>(BundleContext owner, ProviderSink<T> sink) implements ServiceTrackerCustomizer<T, Long> {
        @Override
        public Long addingService(ServiceReference<T> reference) {
            ProviderTraits traits = traits(reference);
            @Nullable T service = owner.getService(reference);
            if (service == null) {
                sink.unusable(traits, "its component could not be made; the framework's log says why");
            } else {
                sink.added(traits, service);
            }
            return traits.serviceId();
        }

        @Override
        public void modifiedService(ServiceReference<T> reference, Long id) {
            sink.changed(traits(reference));
        }

        @Override
        public void removedService(ServiceReference<T> reference, Long id) {
            try {
                sink.removed(id);
            } finally {
                unget(reference);
            }
        }

        private void unget(ServiceReference<T> reference) {
            try {
                owner.ungetService(reference);
            } catch (IllegalStateException e) {
                // The owner has stopped, and the framework has let go of all its services.
                return;
            }
        }
    }

    private static ProviderTraits traits(ServiceReference<?> reference) {
        Map<String, Object> properties = new TreeMap<>();
        for (String key : reference.getPropertyKeys()) {
            properties.put(key, reference.getProperty(key));
        }
        @Nullable Bundle bundle = reference.getBundle();
        String from = bundle == null ? "a bundle that left" : bundle.getSymbolicName() + " " + bundle.getVersion();
        long id = reference.getProperty(Constants.SERVICE_ID) instanceof Long known ? known : -1;
        return ProviderTraits.of(id, from, properties);
    }
}
