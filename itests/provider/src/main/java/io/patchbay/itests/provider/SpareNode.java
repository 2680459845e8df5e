// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.provider;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.node.NodeProvider;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** A node named spare. */
@Component
@ServiceRanking(1_000)
@PatchbayProvider(provider = "spare")
public final class SpareNode implements NodeProvider {
    @Override
    public String name() {
        return "spare-node";
    }
}
