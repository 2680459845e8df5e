// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.Execution;
import java.util.Objects;

/**
 * What the host calls of one execution work with; installed before {@code _initialize}, taken away at the end.
 *
 * @param execution who calls, not null
 * @param grants what it was granted when it began, not null
 * @param limits what it may ask, not null
 * @param usage where it is counted, not null
 */
public record HostCallContext(Execution execution, GrantTable grants, HostCallLimits limits, PluginUsage usage) {
    /** Checks the components. */
    public HostCallContext {
        Objects.requireNonNull(execution, "execution");
        Objects.requireNonNull(grants, "grants");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(usage, "usage");
    }
}
