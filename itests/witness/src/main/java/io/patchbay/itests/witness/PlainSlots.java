// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.witness;

import io.patchbay.hostservice.ProviderSlots;
import io.patchbay.hostservice.Slot;
import io.patchbay.hostservice.SlotOptions;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/**
 * The control: what a host service has without a patch bay, a plain reference for each kind. It must be seen to lose calls,
 * else whoever looks for lost calls looks in the wrong place.
 */
@Component(configurationPid = "io.patchbay.itests.witness.plain", configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PlainSlots implements ProviderSlots {
    @Override
    public <T> Slot<T> open(BundleContext owner, Class<T> spi, SlotOptions<T> options) {
        return new PlainSlot<>(owner, spi, options.kind());
    }
}
