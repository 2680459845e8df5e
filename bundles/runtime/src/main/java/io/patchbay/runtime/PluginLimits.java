// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;

/** One plugin's own limits, one component for each factory configuration {@code io.patchbay.limits~<plugin>}. */
@Component(
        service = PluginLimits.class,
        configurationPid = "io.patchbay.limits",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class PluginLimits {
    private final String pluginId;
    private final LimitTable.Own settings;

    /** Takes the settings. */
    @Activate
    public PluginLimits(PluginLimitsConfiguration configuration) {
        if (configuration.plugin().isBlank()) {
            throw new IllegalArgumentException(
                    "io.patchbay.limits: 'plugin' must name the plugin whose limits these are");
        }
        pluginId = configuration.plugin();
        settings = new LimitTable.Own(
                configuration.state_quota_keys(),
                configuration.state_quota_bytes(),
                configuration.log_rate(),
                configuration.log_burst());
    }

    String pluginId() {
        return pluginId;
    }

    LimitTable.Own settings() {
        return settings;
    }
}
