// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.engine.InstanceLimits;
import io.patchbay.wasmhost.execution.EngineSettings;
import io.patchbay.wasmhost.execution.ExecutionLimits;
import io.patchbay.wasmhost.execution.LimitCeilings;
import io.patchbay.wasmhost.execution.LimitName;
import io.patchbay.wasmhost.hostcall.HostCallLimits;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Reads the configuration into settings. */
final class Settings {
    private static final int PAGE_BYTES = 65_536;
    private static final long MAX_DRAIN_MILLIS = 4_000;

    /** Compiles whatever a plugin's limits let pass. */
    static final InstanceLimits ANY_MEMORY = new InstanceLimits(32_767, InstanceLimits.DEFAULT.maximumTableEntries());

    private Settings() {}

    static EngineSettings of(WasmHostConfig config, long heapBytes) {
        long nodePages = Math.max(1, heapBytes / 100 * config.node_memory_percent() / PAGE_BYTES);
        return new EngineSettings(
                limits(config),
                ceilings(config),
                new GuestThreads.Settings(config.guest_threads(), config.guest_stack_bytes()),
                timing(config),
                nodePages,
                Math.max(1, nodePages * config.plugin_memory_percent() / 100),
                config.plugin_memory_reserve_pages());
    }

    static ExecutionLimits limits(WasmHostConfig config) {
        return new ExecutionLimits(
                Duration.ofMillis(config.deadline_millis()),
                Duration.ofMillis(config.deadline_ceiling_millis()),
                config.memory_pages(),
                config.concurrency(),
                config.queue(),
                new HostCallLimits(
                        config.host_calls(), config.host_call_request_bytes(), config.host_call_response_bytes()),
                config.wasi_calls(),
                config.bridge_request_bytes(),
                config.bridge_response_bytes());
    }

    static LimitCeilings ceilings(WasmHostConfig config) {
        Map<LimitName, Long> highest = new EnumMap<>(LimitName.class);
        highest.put(LimitName.DEADLINE_MILLIS, config.deadline_ceiling_millis());
        highest.put(LimitName.MEMORY_PAGES, (long) config.memory_pages_ceiling());
        highest.put(LimitName.CONCURRENCY, (long) config.concurrency_ceiling());
        highest.put(LimitName.QUEUE, (long) config.queue_ceiling());
        highest.put(LimitName.HOST_CALLS, config.host_calls_ceiling());
        highest.put(LimitName.WASI_CALLS, config.wasi_calls_ceiling());
        highest.put(LimitName.HOST_CALL_REQUEST_BYTES, (long) config.message_bytes_ceiling());
        highest.put(LimitName.HOST_CALL_RESPONSE_BYTES, (long) config.message_bytes_ceiling());
        highest.put(LimitName.BRIDGE_REQUEST_BYTES, (long) config.message_bytes_ceiling());
        highest.put(LimitName.BRIDGE_RESPONSE_BYTES, (long) config.message_bytes_ceiling());
        return new LimitCeilings(highest);
    }

    /** What a plugin's configuration sets; 0 and less keep the host-wide value. */
    static Map<LimitName, Long> own(PluginLimitsConfig config) {
        Map<LimitName, Long> own = new EnumMap<>(LimitName.class);
        own.put(LimitName.DEADLINE_MILLIS, config.deadline_millis());
        own.put(LimitName.MEMORY_PAGES, (long) config.memory_pages());
        own.put(LimitName.CONCURRENCY, (long) config.concurrency());
        own.put(LimitName.QUEUE, (long) config.queue());
        own.put(LimitName.HOST_CALLS, config.host_calls());
        own.put(LimitName.WASI_CALLS, config.wasi_calls());
        own.put(LimitName.HOST_CALL_REQUEST_BYTES, (long) config.host_call_request_bytes());
        own.put(LimitName.HOST_CALL_RESPONSE_BYTES, (long) config.host_call_response_bytes());
        own.put(LimitName.BRIDGE_REQUEST_BYTES, (long) config.bridge_request_bytes());
        own.put(LimitName.BRIDGE_RESPONSE_BYTES, (long) config.bridge_response_bytes());
        own.values().removeIf(value -> value <= 0);
        return own;
    }

    /** The component runtime gives a leaving service up at 5 s, so a drain ends before (DESIGN 5). */
    static HostServices.Timing timing(WasmHostConfig config) {
        return new HostServices.Timing(
                Duration.ofMillis(Math.min(MAX_DRAIN_MILLIS, config.drain_millis())),
                Duration.ofMillis(config.grace_millis()));
    }
}
