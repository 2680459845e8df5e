// SPDX-License-Identifier: Apache-2.0
package io.patchbay.clock.system;

import io.patchbay.provider.clock.ClockProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.ClockProviderContract;
import java.util.EnumSet;
import java.util.Set;

class SystemClockConformanceTest extends ClockProviderContract {
    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.RUNNING);
    }

    @Override
    protected ClockProvider open() {
        return new SystemClockProvider();
    }

    @Override
    protected void close(ClockProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected long expectedMillis() {
        return 0;
    }
}
