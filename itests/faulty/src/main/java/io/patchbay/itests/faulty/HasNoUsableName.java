// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.faulty;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.clock.ClockProvider;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Has a name that no command could take. */
@Component
@ServiceRanking(5_000)
@PatchbayProvider(provider = "My Clock!")
public final class HasNoUsableName implements ClockProvider {
    @Override
    public long epochMillis() {
        return 1;
    }
}
