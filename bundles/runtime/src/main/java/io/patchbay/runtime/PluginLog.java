// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.Execution;
import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import io.patchbay.provider.log.LogProvider;
import io.patchbay.provider.node.NodeProvider;
import io.patchbay.wire.LogRequest;
import java.time.Duration;
import java.util.Map;

/** The log of one plugin: rate, hygiene, and what the host itself says about the plugin. Thread-safe. */
final class PluginLog {
    /** How long the host's own lines about a plugin may wait for a provider. */
    private static final long OWN_LINE_NANOS = Duration.ofSeconds(2).toNanos();

    private final String pluginId;
    private final PluginSlot<LogProvider> slot;
    private final PluginSlot<NodeProvider> node;
    private final LogTarget target;
    private final LogHygiene hygiene;
    private final LimitTable.Current limits;
    private final RuntimeCounters.OfPlugin counters;
    private final LogGate gate;

    PluginLog(
            String pluginId,
            PluginSlot<LogProvider> slot,
            PluginSlot<NodeProvider> node,
            LogTarget target,
            LogHygiene hygiene,
            LimitTable.Current limits,
            RuntimeCounters.OfPlugin counters) {
        this.pluginId = pluginId;
        this.slot = slot;
        this.node = node;
        this.target = target;
        this.hygiene = hygiene;
        this.limits = limits;
        this.counters = counters;
        this.gate = new LogGate(target::nanoTime);
    }

    /** Writes an entry; beside the request's fields, so many were dropped when it was read. */
    void write(HostCall call, LogRequest request, int droppedFields) {
        Execution execution = call.execution();
        sumUp(gate.endedFlood());
        RuntimeLimits current = limits.get();
        if (!gate.admit(current.logRate(), current.logBurst())) {
            counters.reached(Limit.LOG_RATE);
            return;
        }
        LogHygiene.Clean clean = hygiene.clean(request, droppedFields, counters);
        LogEntry entry = new LogEntry(
                target.clock().instant(),
                LogLevel.ofWire(request.level()),
                pluginId,
                execution.tenantId(),
                execution.executionId(),
                LogTarget.nodeName(node),
                clean.message(),
                clean.fields());
        target.write(entry, slot, call, counters);
    }

    /** Sums up a flood that has ended. Called about once a second. */
    void tick() {
        sumUp(gate.endedFlood());
    }

    /** Sums up what is left, whether or not the flood has ended. */
    void close() {
        sumUp(gate.takeHeld());
    }

    private void sumUp(long held) {
        if (held == 0) {
            return;
        }
        RuntimeLimits current = limits.get();
        String message = held + " log lines were dropped: more than " + current.logRate() + " per second or "
                + current.logBurst() + " at once";
        LogEntry entry = new LogEntry(
                target.clock().instant(),
                LogLevel.WARNING,
                pluginId,
                0,
                "",
                LogTarget.nodeName(node),
                message,
                Map.of("dropped", Long.toString(held)));
        target.write(entry, slot, target.nanoTime() + OWN_LINE_NANOS, counters);
    }
}
