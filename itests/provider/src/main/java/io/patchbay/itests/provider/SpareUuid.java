// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.provider;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.uuid.UuidProvider;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Gives one name to everything. */
@Component
@ServiceRanking(1_000)
@PatchbayProvider(provider = "spare")
public final class SpareUuid implements UuidProvider {
    @Override
    public String next() {
        return "spare-uuid";
    }
}
