// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.faulty;

import io.patchbay.provider.node.NodeProvider;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Has no name at all. */
@Component
@ServiceRanking(5_000)
public final class HasNoName implements NodeProvider {
    @Override
    public String name() {
        return "nobody";
    }
}
