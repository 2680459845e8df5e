// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.faulty;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.clock.ClockProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.propertytypes.ServiceRanking;

/** Cannot be made. */
@Component
@ServiceRanking(5_000)
@PatchbayProvider(provider = "throws-in-activation")
public final class ThrowsInActivation implements ClockProvider {
    /** Called by the component runtime. */
    @Activate
    public ThrowsInActivation() {
        throw new IllegalStateException("the clock tower is closed");
    }

    @Override
    public long epochMillis() {
        return 0;
    }
}
