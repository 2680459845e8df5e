// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.util.Objects;

/**
 * The settings of the engine of one node.
 *
 * @param limits of each plugin, not null
 * @param threads the guest threads, not null
 * @param timing of host services that come and go, not null
 * @param nodePages memory of all instances, in pages of 64 KiB, above 0
 * @param pluginPages memory of one plugin's instances, in pages of 64 KiB, above 0
 */
public record EngineSettings(
        ExecutionLimits limits,
        GuestThreads.Settings threads,
        HostServices.Timing timing,
        long nodePages,
        long pluginPages) {
    /** Checks the components. */
    public EngineSettings {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(timing, "timing");
        if (nodePages < 1 || pluginPages < 1) {
            throw new IllegalArgumentException(
                    "memory of node and plugin is above 0 pages: " + nodePages + ", " + pluginPages);
        }
    }
}
