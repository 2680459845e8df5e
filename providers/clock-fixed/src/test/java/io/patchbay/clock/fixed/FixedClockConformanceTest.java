// SPDX-License-Identifier: Apache-2.0
package io.patchbay.clock.fixed;

import io.patchbay.provider.clock.ClockProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.ClockProviderContract;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.Opener;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

class FixedClockConformanceTest extends ClockProviderContract {
    private static FixedClockConfiguration settings(String time) {
        return Configurations.of(FixedClockConfiguration.class, Map.of("time", time));
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.noneOf(Ability.class);
    }

    @Override
    protected ClockProvider open() {
        return new FixedClockProvider(settings("2026-01-02T03:04:05.678+02:00"));
    }

    @Override
    protected void close(ClockProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "setting time of io.patchbay.clock.fixed", () -> new FixedClockProvider(settings("")),
                "not '02.01.2026'", () -> new FixedClockProvider(settings("02.01.2026")),
                "not '2026-01-02T03:04:05'", () -> new FixedClockProvider(settings("2026-01-02T03:04:05")),
                "+999999999-12-31", () -> new FixedClockProvider(settings("+999999999-12-31T23:59:59Z")),
                "...", () -> new FixedClockProvider(settings("x".repeat(1_000))));
    }

    @Override
    protected long expectedMillis() {
        return 1_767_315_845_678L;
    }
}
