// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.admin.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what plugins ask and what they were refused, cut or spared. Thread-safe; counting takes no lock. */
final class RuntimeCounters {
    /** The counters of one plugin. */
    static final class OfPlugin {
        private final Map<Limit, LongAdder> limits = new ConcurrentHashMap<>();
        private final LongAdder lines = new LongAdder();
        private final LongAdder fallbacks = new LongAdder();
        private final LongAdder redactions = new LongAdder();

        private OfPlugin() {}

        void reached(Limit limit) {
            limits.computeIfAbsent(limit, first -> new LongAdder()).increment();
        }

        long count(Limit limit) {
            LongAdder count = limits.get(limit);
            return count == null ? 0 : count.sum();
        }

        void line() {
            lines.increment();
        }

        void fallback() {
            fallbacks.increment();
        }

        void redacted() {
            redactions.increment();
        }

        long fallbacks() {
            return fallbacks.sum();
        }

        long redactions() {
            return redactions.sum();
        }
    }

    private final Map<String, OfPlugin> plugins = new ConcurrentHashMap<>();

    OfPlugin of(String pluginId) {
        return plugins.computeIfAbsent(pluginId, id -> new OfPlugin());
    }

    List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        new TreeMap<>(plugins).forEach((id, counters) -> {
            Map<String, String> plugin = Map.of("plugin", id);
            metrics.add(new Metric(
                    "patchbay_runtime_log_lines_total",
                    "Log entries that a plugin wrote.",
                    plugin,
                    counters.lines.sum()));
            metrics.add(new Metric(
                    "patchbay_runtime_log_fallback_total",
                    "Log entries that went to the framework's log because no provider took them.",
                    plugin,
                    counters.fallbacks.sum()));
            metrics.add(new Metric(
                    "patchbay_runtime_log_redacted_total",
                    "Values of log fields that were replaced because the field's name says secret.",
                    plugin,
                    counters.redactions.sum()));
            for (Limit limit : Limit.values()) {
                metrics.add(new Metric(
                        "patchbay_runtime_limit_reached_total",
                        "How often a limit refused, cut or dropped something.",
                        Map.of("plugin", id, "limit", limit.label()),
                        counters.count(limit)));
            }
        });
        return List.copyOf(metrics);
    }
}
