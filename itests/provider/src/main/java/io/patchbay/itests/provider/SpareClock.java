// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.provider;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.clock.ClockProvider;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Stands still at two seconds past the epoch. */
@Component
@ServiceRanking(1_000)
@PatchbayProvider(provider = "spare")
public final class SpareClock implements ClockProvider {
    @Override
    public long epochMillis() {
        return 2_000;
    }
}
