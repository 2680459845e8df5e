// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.util.Objects;

/**
 * The settings of the engine of one node.
 *
 * @param limits of each plugin that has none of its own, not null
 * @param ceilings how far a plugin's own limits may go, not null
 * @param threads the guest threads, not null
 * @param timing of host services that come and go, not null
 * @param nodePages memory of all instances, in pages of 64 KiB, above 0
 * @param pluginPages memory of one plugin's instances, in pages of 64 KiB, above 0
 * @param reservePages with less than this a plugin starts executions though the node's memory is taken, 0 or more
 */
public record EngineSettings(
        ExecutionLimits limits,
        LimitCeilings ceilings,
        GuestThreads.Settings threads,
        HostServices.Timing timing,
        long nodePages,
        long pluginPages,
        long reservePages) {
    /** 4 MiB: what one execution of a small guest takes. */
    public static final long DEFAULT_RESERVE_PAGES = 64;

    /** Checks the components. */
    public EngineSettings {
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(ceilings, "ceilings");
        Objects.requireNonNull(threads, "threads");
        Objects.requireNonNull(timing, "timing");
        if (nodePages < 1 || pluginPages < 1 || reservePages < 0) {
            throw new IllegalArgumentException("memory of node and plugin is above 0 pages, the reserve not negative: "
                    + nodePages + ", " + pluginPages + ", " + reservePages);
        }
    }

    /**
     * The settings of a node on which no plugin's limits are raised, with the default reserve.
     *
     * @param limits of each plugin, not null
     * @param threads the guest threads, not null
     * @param timing of host services that come and go, not null
     * @param nodePages memory of all instances, in pages of 64 KiB, above 0
     * @param pluginPages memory of one plugin's instances, in pages of 64 KiB, above 0
     */
    public EngineSettings(
            ExecutionLimits limits,
            GuestThreads.Settings threads,
            HostServices.Timing timing,
            long nodePages,
            long pluginPages) {
        this(limits, LimitCeilings.NONE, threads, timing, nodePages, pluginPages, DEFAULT_RESERVE_PAGES);
    }
}
