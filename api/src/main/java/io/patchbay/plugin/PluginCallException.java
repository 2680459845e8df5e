// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import java.io.Serial;
import java.util.Objects;

/**
 * A request that no plugin code answered, or whose execution failed (contract 1.8). The message is the text that an HTTP
 * caller sees: it names no host path and no cause.
 */
public final class PluginCallException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why there is no answer, with its HTTP status and failure code (contract 1.8, D21). */
    public enum Reason {
        /** No route matches path and method. */
        NO_ROUTE(404, "NOT_FOUND"),
        /** Installed, and not enabled. */
        NOT_ENABLED(404, "NOT_FOUND"),
        /** Enabled, and no release of it serves: its first one waits for a decision (contract D18). */
        UPGRADE_REQUIRED(409, "PLUGIN_RUNTIME_UPGRADE_REQUIRED"),
        /** The plugin has no executable bridge. */
        NO_BRIDGE(501, "BRIDGE_NOT_IMPLEMENTED"),
        /** The route needs a login and there is no identity. */
        UNAUTHORIZED(401, "UNAUTHORIZED"),
        /** The identity lacks the route's permission. */
        FORBIDDEN(403, "FORBIDDEN"),
        /** The request is larger than the limit. */
        TOO_LARGE(413, "REQUEST_TOO_LARGE"),
        /** Queue or memory of the node is full; try again later. */
        BUSY(503, "BUSY"),
        /** A part of the host is being replaced, and nothing of the request has run; try again in a moment. */
        RESTARTING(503, "RESTARTING"),
        /** The execution was cut off because a part of the host is being replaced; what it did before has happened. */
        CUT_OFF(503, "RESTARTING"),
        /** The execution trapped, overran its deadline or a limit, or answered what does not decode. */
        FAILED(500, "INTERNAL_ERROR");

        private final int httpStatus;
        private final String failureCode;

        Reason(int httpStatus, String failureCode) {
            this.httpStatus = httpStatus;
            this.failureCode = failureCode;
        }

        /**
         * The HTTP status.
         *
         * @return 400 to 599
         */
        public int httpStatus() {
            return httpStatus;
        }

        /**
         * The failure code of contract 1.8.
         *
         * @return never null
         */
        public String failureCode() {
            return failureCode;
        }
    }

    private final Reason reason;

    /**
     * Makes one without a stack trace.
     *
     * @param reason why, not null
     * @param message for the caller, not null
     */
    public PluginCallException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Why there is no answer.
     *
     * @return never null
     */
    public Reason reason() {
        return reason;
    }
}
