// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay.configured;

import io.patchbay.provider.ProviderException;
import io.patchbay.provider.clock.ClockProvider;
import java.util.Map;

/** A provider that needs a configuration and cannot be made of a wrong one. Put into a bundle of its own by a test. */
public final class ConfiguredClock implements ClockProvider {
    private long time;

    /** Called by the component runtime. */
    void activate(Map<String, Object> properties) {
        if (!(properties.get("time") instanceof Long known)) {
            throw new ProviderException("the setting time is a number, not '" + properties.get("time") + "'");
        }
        time = known;
    }

    @Override
    public long epochMillis() {
        return time;
    }
}
