// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.hostservice.HostService;
import io.patchbay.wasmhost.hostcall.HostServices;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Tells the host services that come, change and go in the framework. A departure is held up until its calls have ended. */
final class HostServiceSource implements ServiceTrackerCustomizer<HostService, HostService> {
    private final BundleContext context;
    private final HostServices services;

    HostServiceSource(BundleContext context, HostServices services) {
        this.context = context;
        this.services = services;
    }

    @Override
    public @Nullable HostService addingService(ServiceReference<HostService> reference) {
        if (!(reference.getProperty(HostService.NAME) instanceof String name)) {
            return null; // not offered to plugins
        }
        HostService service = context.getService(reference);
        if (service != null) {
            services.offer(id(reference), ranking(reference), name, service);
        }
        return service;
    }

    @Override
    public void modifiedService(ServiceReference<HostService> reference, HostService service) {
        services.offer(id(reference), ranking(reference), name(reference), service);
    }

    @Override
    public void removedService(ServiceReference<HostService> reference, HostService service) {
        services.withdraw(id(reference), name(reference));
        context.ungetService(reference);
    }

    private static long id(ServiceReference<HostService> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    private static int ranking(ServiceReference<HostService> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    private static String name(ServiceReference<HostService> reference) {
        return String.valueOf(reference.getProperty(HostService.NAME));
    }
}
