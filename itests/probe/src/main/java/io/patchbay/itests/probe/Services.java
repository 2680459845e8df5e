// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** Finds services of the API when a command needs them, so that the probe outlives every bundle under test. */
final class Services implements AutoCloseable {
    private static final long WAIT_MILLIS = 10_000;

    private final BundleContext context;
    private final Map<Class<?>, ServiceTracker<?, ?>> trackers = new ConcurrentHashMap<>();

    Services(BundleContext context) {
        this.context = context;
    }

    /** The best service of a type, waiting for one. */
    <T> T await(Class<T> type) throws InterruptedException {
        Object service = tracker(type).waitForService(WAIT_MILLIS);
        if (service == null) {
            throw new IllegalStateException("no service " + type.getName());
        }
        return type.cast(service);
    }

    /**
     * The best service of a type that fits a filter; for what outlives the command, such as a provider under test, nobody is
     * asked to wait.
     */
    <T> T matching(Class<T> type, String filter) throws InvalidSyntaxException {
        return context.getServiceReferences(type, filter).stream()
                .max(Comparator.naturalOrder())
                .map(context::getService)
                .orElseThrow(() -> new IllegalStateException("no service " + type.getName() + " " + filter));
    }

    /** Properties of the best service of a type that fits a filter, those that it has. */
    Map<String, Object> properties(Class<?> type, String filter, String... names) throws InvalidSyntaxException {
        ServiceReference<?> best = context.getServiceReferences(type, filter).stream()
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("no service " + type.getName() + " " + filter));
        Map<String, Object> found = new HashMap<>();
        for (String name : names) {
            Object value = best.getProperty(name);
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
    }

    long idOf(String type) {
        ServiceReference<?> best = context.getServiceReference(type);
        return best != null && best.getProperty(Constants.SERVICE_ID) instanceof Long id ? id : -1;
    }

    /** The services of a type that are there now. */
    <T> List<T> all(Class<T> type) {
        List<T> found = new ArrayList<>();
        Object[] services = tracker(type).getServices();
        if (services != null) {
            for (Object service : services) {
                found.add(type.cast(service));
            }
        }
        return found;
    }

    private ServiceTracker<?, ?> tracker(Class<?> type) {
        return trackers.computeIfAbsent(type, missing -> {
            ServiceTracker<?, ?> tracker = new ServiceTracker<>(context, missing.getName(), null);
            tracker.open();
            return tracker;
        });
    }

    @Override
    public void close() {
        trackers.values().forEach(ServiceTracker::close);
    }
}
