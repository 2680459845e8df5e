// SPDX-License-Identifier: Apache-2.0
package io.patchbay.clock.system;

import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.clock.ClockProvider;
import org.osgi.service.component.annotations.Component;

/** Tells plugins the time of the machine. Stateless. */
@Component
@PatchbayProvider(provider = "system")
public final class SystemClockProvider implements ClockProvider {
    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }
}
