// SPDX-License-Identifier: Apache-2.0
package io.patchbay.clock.offset;

import io.patchbay.provider.clock.ClockProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.ClockProviderContract;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.Opener;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class OffsetClockConformanceTest extends ClockProviderContract {
    private static OffsetClockConfiguration settings(String offset) {
        return Configurations.of(OffsetClockConfiguration.class, Map.of("offset", offset));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.RUNNING);
    }

    @Override
    protected ClockProvider open() {
        return new OffsetClockProvider(settings("-P1DT0.5S"));
    }

    @Override
    protected void close(ClockProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "setting offset of io.patchbay.clock.offset", () -> new OffsetClockProvider(settings("")),
                "not '1 hour'", () -> new OffsetClockProvider(settings("1 hour")),
                "at most 36500 days", () -> new OffsetClockProvider(settings("P36501D")),
                "...", () -> new OffsetClockProvider(settings("x".repeat(1_000))));
    }

    @Override
    protected long expectedMillis() {
        return -86_400_500L;
    }
}
