// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.wasmhost.execution.LimitName;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** One plugin's own limits of executions, one component for each factory configuration {@code io.patchbay.limits~<plugin>}. */
@Component(
        service = PluginLimits.class,
        configurationPid = "io.patchbay.limits",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PluginLimitsConfig.class, factory = true)
public final class PluginLimits {
    private volatile Own own;

    private record Own(String pluginId, Map<LimitName, Long> limits) {}

    /** Takes the settings. */
    @Activate
    public PluginLimits(PluginLimitsConfig config) {
        own = read(config);
    }

    @Modified
    void modified(PluginLimitsConfig config) {
        own = read(config);
    }

    private static Own read(PluginLimitsConfig config) {
        String plugin = config.plugin().strip();
        if (plugin.isEmpty()) {
            throw new IllegalArgumentException(
                    "io.patchbay.limits: 'plugin' must name the plugin whose limits these are");
        }
        return new Own(plugin, Settings.own(config));
    }

    String pluginId() {
        return own.pluginId();
    }

    Map<LimitName, Long> limits() {
        return own.limits();
    }
}
