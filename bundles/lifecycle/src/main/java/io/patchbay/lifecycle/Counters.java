// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.Metric;
import io.patchbay.plugin.PluginCallException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What one plugin was asked, and what was refused on the way. Thread-safe. */
final class Counters {
    private final LongAdder answered = new LongAdder();
    private final Map<PluginCallException.Reason, LongAdder> failed;

    Counters() {
        Map<PluginCallException.Reason, LongAdder> reasons = new EnumMap<>(PluginCallException.Reason.class);
        for (PluginCallException.Reason reason : PluginCallException.Reason.values()) {
            reasons.put(reason, new LongAdder());
        }
        failed = Collections.unmodifiableMap(reasons);
    }

    void answered() {
        answered.increment();
    }

    void failed(PluginCallException.Reason reason) {
        LongAdder counter = failed.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    List<Metric> metrics(String pluginId) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric(
                "patchbay_plugin_requests_answered_total",
                "Requests that the plugin's own code answered.",
                Map.of("plugin", pluginId),
                answered.sum()));
        failed.forEach((reason, counter) -> metrics.add(new Metric(
                "patchbay_plugin_requests_failed_total",
                "Requests that no plugin code answered, by reason.",
                Map.of("plugin", pluginId, "reason", reason.name().toLowerCase(Locale.ROOT)),
                counter.sum())));
        return metrics;
    }
}
