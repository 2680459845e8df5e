// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.admin.Metric;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what one plugin did and where it was stopped. Names come from descriptors of host services, never from a guest, so
 * the number of counters is bounded. Thread-safe.
 */
public final class PluginUsage {
    private final String pluginId;
    private final LongAdder executions = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder hostCalls = new LongAdder();
    private final LongAdder wasiCalls = new LongAdder();
    private final Map<Limit, LongAdder> limits = new EnumMap<>(Limit.class);
    private final Map<String, LongAdder> denials = new ConcurrentHashMap<>();

    /**
     * Starts at zero.
     *
     * @param pluginId whom it counts, not null
     */
    public PluginUsage(String pluginId) {
        this.pluginId = pluginId;
        for (Limit limit : Limit.values()) {
            limits.put(limit, new LongAdder());
        }
    }

    /**
     * Counts an execution that ended.
     *
     * @param answered whether the guest gave an answer
     * @param itsHostCalls how many host calls it made
     * @param itsWasiCalls how many WASI calls it made
     */
    public void execution(boolean answered, long itsHostCalls, long itsWasiCalls) {
        executions.increment();
        if (!answered) {
            failures.increment();
        }
        hostCalls.add(itsHostCalls);
        wasiCalls.add(itsWasiCalls);
    }

    /**
     * Counts a limit that was reached.
     *
     * @param limit not null
     */
    public void reached(Limit limit) {
        counter(limit).increment();
    }

    void denied(String service, String method) {
        denials.computeIfAbsent(service + "." + method, first -> new LongAdder())
                .increment();
    }

    /**
     * How often a limit was reached.
     *
     * @param limit not null
     * @return 0 or more
     */
    public long count(Limit limit) {
        return counter(limit).sum();
    }

    private LongAdder counter(Limit limit) {
        return Objects.requireNonNull(limits.get(limit));
    }

    /**
     * The counters.
     *
     * @return never null
     */
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        Map<String, String> plugin = Map.of("plugin", pluginId);
        metrics.add(new Metric("patchbay_executions_total", "Executions that ended.", plugin, executions.sum()));
        metrics.add(new Metric(
                "patchbay_execution_failures_total", "Executions that gave no answer.", plugin, failures.sum()));
        metrics.add(
                new Metric("patchbay_host_calls_total", "Host calls of ended executions.", plugin, hostCalls.sum()));
        metrics.add(
                new Metric("patchbay_wasi_calls_total", "WASI calls of ended executions.", plugin, wasiCalls.sum()));
        for (Limit limit : Limit.values()) {
            metrics.add(new Metric(
                    "patchbay_limit_reached_total",
                    "How often a limit stopped or cut something.",
                    Map.of("plugin", pluginId, "limit", limit.label()),
                    count(limit)));
        }
        denials.forEach((method, count) -> metrics.add(new Metric(
                "patchbay_denials_total",
                "Host calls that no grant covers.",
                Map.of("plugin", pluginId, "method", method),
                count.sum())));
        return List.copyOf(metrics);
    }
}
