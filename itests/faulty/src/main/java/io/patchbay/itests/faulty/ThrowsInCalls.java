// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.faulty;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.node.NodeProvider;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Is ready, is chosen, and lacks a class in each call, and where it should say how it is. */
@Component
@ServiceRanking(5_000)
@PatchbayProvider(provider = "throws-in-calls")
public final class ThrowsInCalls implements NodeProvider {
    @Override
    public ProviderHealth health() {
        throw new NoClassDefFoundError("org/stranger/Secret");
    }

    @Override
    public String name() {
        throw new NoClassDefFoundError("org/stranger/Secret");
    }
}
