// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.ProviderSlots;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers slots: one object per bundle that uses it, and when that bundle lets go, or stops, its slots close.
 *
 * <p>Registers the service itself. With a component of bundle scope, the component runtime (2.2.18) failed with a
 * NullPointerException when user and patch bay stopped at the same time, and the slots stayed open.
 */
@Component(
        service = {},
        immediate = true)
@Capability(
        namespace = "osgi.service",
        attribute = "objectClass:List<String>=\"io.patchbay.hostservice.ProviderSlots\"")
public final class SlotsComponent {
    private final ServiceRegistration<ProviderSlots> registration;

    /** Called by the component runtime. */
    @Activate
    public SlotsComponent(BundleContext context, @Reference BayComponent component) {
        registration = context.registerService(ProviderSlots.class, new PerBundle(component.bay()), null);
    }

    @Deactivate
    void deactivate() {
        try {
            registration.unregister();
        } catch (IllegalStateException e) {
            // The framework was faster: it unregisters the services of a bundle that stops.
            return;
        }
    }

    private record PerBundle(Bay bay) implements ServiceFactory<ProviderSlots> {
        @Override
        public ProviderSlots getService(Bundle user, ServiceRegistration<ProviderSlots> registration) {
            return new OwnedSlots(bay, user);
        }

        @Override
        public void ungetService(Bundle user, ServiceRegistration<ProviderSlots> registration, ProviderSlots slots) {
            if (slots instanceof OwnedSlots owned) {
                owned.close();
            }
        }
    }
}
