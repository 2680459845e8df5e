// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.execution.EngineSettings;
import io.patchbay.wasmhost.execution.ExecutionLimits;
import io.patchbay.wasmhost.hostcall.HostCallLimits;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.time.Duration;

/** Reads the configuration into settings. */
final class Settings {
    private static final int PAGE_BYTES = 65_536;
    private static final long MAX_DRAIN_MILLIS = 4_000;

    private Settings() {}

    static EngineSettings of(WasmHostConfig config, long heapBytes) {
        long nodePages = Math.max(1, heapBytes / 100 * config.node_memory_percent() / PAGE_BYTES);
        return new EngineSettings(
                limits(config),
                new GuestThreads.Settings(config.guest_threads(), config.guest_stack_bytes()),
                timing(config),
                nodePages,
                Math.max(1, nodePages * config.plugin_memory_percent() / 100));
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

    /** The component runtime gives a leaving service up at 5 s, so a drain ends before (DESIGN 5). */
    static HostServices.Timing timing(WasmHostConfig config) {
        return new HostServices.Timing(
                Duration.ofMillis(Math.min(MAX_DRAIN_MILLIS, config.drain_millis())),
                Duration.ofMillis(config.grace_millis()));
    }
}
