// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Ends the work for a request whose client has gone, by interrupting the thread that waits for it. That thread never runs
 * code of a guest; the engine ends the execution when its caller is interrupted.
 *
 * <p>The interrupt is sent under the lock and only between begin and end of the work, and the thread's status is cleared at
 * the end under the same lock, so that it never hits what the thread does next. Thread-safe.
 */
final class Cancellation {
    private @Nullable Thread working;
    private boolean cancelled;

    /** Work that can be cancelled. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws PluginCallException;
    }

    /** Something of a stranger that no interrupt may hit: it could close what the stranger shares with others. */
    @FunctionalInterface
    interface Shielded<T> {
        T run();
    }

    /**
     * Does the work on this thread.
     *
     * @throws PluginCallException of the work, or because it was cancelled before
     */
    <T> T run(Work<T> work) throws PluginCallException {
        begin();
        try {
            return work.run();
        } finally {
            end();
        }
    }

    /** Within {@link #run}: does something that is not interrupted; a cancellation meanwhile counts afterwards. */
    <T> T shielded(Shielded<T> part) throws PluginCallException {
        end();
        T result = part.run();
        begin();
        return result;
    }

    private synchronized void begin() throws PluginCallException {
        if (cancelled) {
            throw new PluginCallException(Reason.FAILED, "cancelled");
        }
        working = Thread.currentThread();
    }

    private synchronized void end() {
        working = null;
        Thread.interrupted();
    }

    synchronized void cancel() {
        cancelled = true;
        if (working != null) {
            working.interrupt();
        }
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }
}
