// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.hostservice.HostService;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/** Tells the host services that come, change and go in the framework. A departure is held up until its calls have ended. */
final class HostServiceSource implements ServiceTrackerCustomizer<HostService, HostServiceSource.Provided> {
    private final BundleContext context;
    private final HostServices services;

    HostServiceSource(BundleContext context, HostServices services) {
        this.context = context;
        this.services = services;
    }

    /** A service and the name under which it was taken in; the property may have another value by now. */
    static final class Provided {
        private final HostService service;
        private volatile Optional<String> name = Optional.empty();

        private Provided(HostService service) {
            this.service = service;
        }
    }

    @Override
    public @Nullable Provided addingService(ServiceReference<HostService> reference) {
        HostService service = context.getService(reference);
        if (service == null) {
            return null;
        }
        Provided provided = new Provided(service);
        modifiedService(reference, provided);
        return provided;
    }

    @Override
    public void modifiedService(ServiceReference<HostService> reference, Provided provided) {
        Optional<String> old = provided.name;
        Optional<String> now = reference.getProperty(HostService.NAME) instanceof String name
                ? Optional.of(name)
                : Optional.empty(); // without a name it is not offered to plugins
        if (!old.equals(now)) {
            old.ifPresent(gone -> services.withdraw(id(reference), gone));
        }
        provided.name = now;
        now.ifPresent(name -> services.offer(id(reference), ranking(reference), name, provided.service));
    }

    @Override
    public void removedService(ServiceReference<HostService> reference, Provided provided) {
        provided.name.ifPresent(name -> services.withdraw(id(reference), name));
        context.ungetService(reference);
    }

    private static long id(ServiceReference<HostService> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    private static int ranking(ServiceReference<HostService> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }
}
