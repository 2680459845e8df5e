// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.greeting;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PatchbayHostService;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderSlots;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.hostservice.Slot;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.itests.greeting.spi.GreetingProvider;
import io.patchbay.provider.Access;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The host service {@code greeting}: {@code greet} answers the greeting of the plugin by whichever provider serves it. */
@Component
@PatchbayHostService(host_service = GreetingProvider.KIND)
public final class GreetingHostService implements HostService {
    private static final int GREETING = 1;

    private final Slot<GreetingProvider> slot;

    /** Called by the component runtime. */
    @Activate
    public GreetingHostService(BundleContext context, @Reference ProviderSlots slots) {
        slot = slots.open(context, GreetingProvider.class, SlotOptions.free(GreetingProvider.KIND));
    }

    @Deactivate
    void deactivate() {
        slot.close();
    }

    @Override
    public HostServiceDescriptor descriptor() {
        return new HostServiceDescriptor(GreetingProvider.KIND, ResourceKind.NONE, List.of("greet"));
    }

    @Override
    public HostMethod bind(PluginContext plugin, String method) {
        PluginSlot<GreetingProvider> mine = slot.forPlugin(plugin.pluginId());
        return call -> greet(mine, call);
    }

    private static void greet(PluginSlot<GreetingProvider> slot, HostCall call) throws HostCallException {
        String whom = call.execution().pluginId();
        try {
            String greeting = slot.<String, RuntimeException>call(Access.READ, call, provider -> provider.greet(whom));
            call.response().string(GREETING, greeting);
        } catch (ProviderUnavailableException e) {
            throw e.toHostCallException();
        } catch (ProviderFailedException e) {
            throw e.toHostCallException();
        }
    }
}
