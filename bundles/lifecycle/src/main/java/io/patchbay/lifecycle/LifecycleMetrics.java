// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.PluginView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of this room: plugins by state, their requests, and engines that were left too slowly. */
final class LifecycleMetrics implements MetricSource {
    private final NodeDoor door;
    private final EngineGate engines;

    LifecycleMetrics(NodeDoor door, EngineGate engines) {
        this.door = door;
        this.engines = engines;
    }

    @Override
    public List<Metric> metrics() {
        List<InstalledPlugin> plugins =
                door.opened().map(node -> node.plugins().all()).orElse(List.of());
        List<Metric> metrics = new ArrayList<>();
        for (PluginView.State state : PluginView.State.values()) {
            metrics.add(new Metric(
                    "patchbay_plugins",
                    "Installed plugins by state.",
                    Map.of("state", state.name().toLowerCase(Locale.ROOT)),
                    plugins.stream()
                            .filter(plugin -> plugin.service().state() == state)
                            .count()));
        }
        plugins.forEach(plugin -> metrics.addAll(plugin.service().metrics()));
        metrics.add(new Metric(
                "patchbay_engine_drain_overstayed_total",
                "Engines that left before their last caller did.",
                Map.of(),
                engines.overstayed()));
        return metrics;
    }
}
