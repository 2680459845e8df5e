// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows the counters of every open slot. */
final class BayMetrics implements MetricSource {
    private final Bay bay;

    BayMetrics(Bay bay) {
        this.bay = bay;
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        for (ProviderSlot<?> slot : bay.slots()) {
            addProviders(metrics, slot);
            SlotCounters counters = slot.counters();
            Map<String, String> labels = Map.of("kind", slot.kind());
            metrics.add(new Metric(
                    "patchbay_slot_swaps_total",
                    "Times a plugin began to be served by another provider.",
                    labels,
                    counters.swaps.sum()));
            metrics.add(new Metric(
                    "patchbay_slot_drains_total",
                    "Times a leaving provider was held back for calls in flight.",
                    labels,
                    counters.drains.sum()));
            metrics.add(new Metric(
                    "patchbay_slot_overstays_total",
                    "Calls that did not end within the drain time.",
                    labels,
                    counters.overstays.sum()));
            slot.waits()
                    .forEach((plugin, waits) -> metrics.add(new Metric(
                            "patchbay_slot_waits_total",
                            "Calls of a plugin that waited for a provider, for what stands behind it, for the record of"
                                    + " owners, or for the end of a move.",
                            Map.of("kind", slot.kind(), "plugin", plugin),
                            waits)));
        }
        return List.copyOf(metrics);
    }

    private static void addProviders(List<Metric> metrics, ProviderSlot<?> slot) {
        Map<String, SlotCounters.Tally> tallies = new TreeMap<>(slot.counters().departed());
        Map<String, Long> leases = new TreeMap<>();
        for (Candidate<?> candidate : slot.snapshot()) {
            String name = candidate.traits().name();
            tallies.merge(name, candidate.tally(), SlotCounters.Tally::plus);
            leases.merge(name, candidate.leases(), Long::sum);
        }
        tallies.forEach((name, tally) -> {
            Map<String, String> labels = Map.of("kind", slot.kind(), "provider", name);
            metrics.add(
                    new Metric("patchbay_provider_calls_total", "Leases taken on a provider.", labels, tally.calls()));
            metrics.add(new Metric(
                    "patchbay_provider_failures_total", "Calls of a provider that failed.", labels, tally.failures()));
            metrics.add(new Metric(
                    "patchbay_provider_refusals_total",
                    "Calls that failed without reaching a provider, for its circuit was open.",
                    labels,
                    tally.refusals()));
            metrics.add(new Metric(
                    "patchbay_provider_circuit_opens_total",
                    "Times a provider's circuit opened.",
                    labels,
                    tally.circuits()));
            metrics.add(new Metric(
                    "patchbay_provider_outages_total",
                    "Times what stands behind a provider went away.",
                    labels,
                    tally.outages()));
            metrics.add(new Metric(
                    "patchbay_provider_leases",
                    "Calls in flight on a provider.",
                    labels,
                    leases.getOrDefault(name, 0L)));
        });
    }
}
