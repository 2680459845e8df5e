// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.provider.node.NodeProvider;
import io.patchbay.provider.uuid.UuidProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The host service {@code runtime}: binds its ten methods for plugins (contract 4). */
final class RuntimeHostService implements HostService {
    static final String NAME = "runtime";

    private static final HostServiceDescriptor DESCRIPTOR = new HostServiceDescriptor(
            NAME,
            ResourceKind.NONE,
            List.of(
                    "log.write",
                    "state.get",
                    "state.get_many",
                    "state.set",
                    "state.set_many",
                    "state.delete",
                    "state.delete_many",
                    "info.now",
                    "info.uuid",
                    "info.node"));

    private final RuntimeSlots slots;
    private final LimitTable limits;
    private final RuntimeCounters counters;
    private final LogTarget target;
    private final LogHygiene hygiene;
    private final Map<String, PluginLog> logs = new ConcurrentHashMap<>();

    RuntimeHostService(
            RuntimeSlots slots, LimitTable limits, RuntimeCounters counters, LogTarget target, LogHygiene hygiene) {
        this.slots = slots;
        this.limits = limits;
        this.counters = counters;
        this.target = target;
        this.hygiene = hygiene;
    }

    @Override
    public HostServiceDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public HostMethod bind(PluginContext plugin, String method) {
        String id = plugin.pluginId();
        return switch (method) {
            case "log.write" -> new LogWriteMethod(log(id));
            case "state.get" -> new StateGetMethod(state(id), keys(id));
            case "state.get_many" -> new StateGetManyMethod(state(id), keys(id));
            case "state.set" -> new StateSetMethod(state(id), keys(id));
            case "state.set_many" -> new StateSetManyMethod(state(id), keys(id));
            case "state.delete" -> new StateDeleteMethod(state(id), keys(id));
            case "state.delete_many" -> new StateDeleteManyMethod(state(id), keys(id));
            case "info.now" -> new InfoNowMethod(slots.clock().forPlugin(id));
            case "info.uuid" -> new InfoTextMethod<>(slots.uuid().forPlugin(id), UuidProvider::next);
            case "info.node" -> new InfoTextMethod<>(slots.node().forPlugin(id), NodeProvider::name);
            default -> throw new IllegalArgumentException("runtime has no method '" + method + "'");
        };
    }

    /** Sums up floods of log lines that have ended. Called about once a second. */
    void tick() {
        logs.values().forEach(PluginLog::tick);
    }

    /** Sums up what is left of floods; the slots must still be open. */
    void close() {
        logs.values().forEach(PluginLog::close);
    }

    private PluginLog log(String id) {
        return logs.computeIfAbsent(
                id,
                plugin -> new PluginLog(
                        plugin,
                        slots.log().forPlugin(plugin),
                        slots.node().forPlugin(plugin),
                        target,
                        hygiene,
                        limits.of(plugin),
                        counters.of(plugin)));
    }

    private PluginState state(String id) {
        return new PluginState(id, slots.state().forPlugin(id), limits.of(id), counters.of(id));
    }

    private StateKeys keys(String id) {
        return new StateKeys(limits.of(id), counters.of(id));
    }
}
