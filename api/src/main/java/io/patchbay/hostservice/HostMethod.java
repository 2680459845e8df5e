// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * One granted method, bound for one plugin. Called by many executions at once, each on its own guest thread.
 *
 * <p>The path of a call is short: an implementation takes no lock that a swap could hold, logs nothing, and allocates
 * only what its answer needs.
 */
@ConsumerType
public interface HostMethod extends AutoCloseable {
    /**
     * Carries out one call.
     *
     * <p>Whatever was written to {@link HostCall#response()} when this returns is the success payload (status 0). The
     * call object and everything it hands out is valid only until this returns and only on this thread.
     *
     * @param call the request, the execution it belongs to, and the place for the answer, not null
     * @throws HostCallException to answer with a status other than 0; any unchecked exception becomes status 4 with an
     *     incident id, its cause stays on the host (contract D14)
     */
    void call(HostCall call) throws HostCallException;

    /** Lets go of what the binding held. Called once, after the last call; does nothing by default. */
    @Override
    default void close() {}
}
