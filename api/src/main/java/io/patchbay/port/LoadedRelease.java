// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.plugin.PluginCallException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A release that the engine has loaded. Thread-safe. */
@ProviderType
public interface LoadedRelease extends AutoCloseable {
    /**
     * Runs one execution on a guest thread and waits for it, at most to its deadline.
     *
     * @param request what to run, not null
     * @return answer and measurements, never null
     * @throws PluginCallException when the guest gave no answer: trap, deadline, limit, busy, an answer that does not
     *     decode, or closed
     */
    ExecutionResult execute(ExecutionRequest request) throws PluginCallException;

    /**
     * Replaces what is granted; counts from the next execution (DESIGN 6).
     *
     * @param grants the whole new set, not null
     */
    void grants(List<Grant> grants);

    /**
     * Tells whether the engine has given this plugin up because a guest could not be stopped.
     *
     * @return true when no execution is accepted any more
     */
    boolean disabledByEngine();

    /**
     * Hears that the engine gives this plugin up; at once when it has already. The listener before is forgotten.
     *
     * @param listener called at most once, on a thread of the engine: returns quickly and never blocks, not null
     */
    void whenDisabled(Runnable listener);

    /** Lets running executions finish, at most to their deadlines, and unloads. Idempotent. */
    @Override
    void close();
}
