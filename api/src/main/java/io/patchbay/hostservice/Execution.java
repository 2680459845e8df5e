// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import org.osgi.annotation.versioning.ProviderType;

/** One run of a plugin, from request to response, as a host method sees it. Valid during a call, on its thread. */
@ProviderType
public interface Execution {
    /**
     * The plugin that runs.
     *
     * @return its id, never null
     */
    String pluginId();

    /**
     * The tenant whose data the execution works on, minted by the host.
     *
     * @return 0 for the platform, else the tenant of the identity
     */
    int tenantId();

    /**
     * Names this execution in logs and incidents.
     *
     * @return unique on this node, never null
     */
    String executionId();

    /**
     * When the execution must have ended.
     *
     * @return a value of {@link System#nanoTime()}; compare by subtraction
     */
    long deadlineNanos();
}
