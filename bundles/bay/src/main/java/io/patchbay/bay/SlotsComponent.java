// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.ProviderSlots;
import io.patchbay.hostservice.Slot;
import io.patchbay.hostservice.SlotOptions;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** Offers slots: one object per bundle that uses it, and when that bundle lets go, or stops, its slots close. */
@Component(service = ProviderSlots.class, scope = ServiceScope.BUNDLE)
public final class SlotsComponent implements ProviderSlots {
    private final OwnedSlots slots;

    /** Called by the component runtime. */
    @Activate
    public SlotsComponent(@Reference BayComponent component, ComponentContext context) {
        slots = new OwnedSlots(component.bay(), context.getUsingBundle());
    }

    @Override
    public <T> Slot<T> open(BundleContext owner, Class<T> spi, SlotOptions<T> options) {
        return slots.open(owner, spi, options);
    }

    @Deactivate
    void deactivate() {
        slots.close();
    }
}
