// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.io.Serial;
import java.util.Objects;

/**
 * The engine refuses a module or cannot prepare it. The message is for an operator: what was wrong, where, what to do.
 */
public final class EngineException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Reason {
        /** The module is not acceptable; it will never be. */
        REFUSED,
        /** The node could not do it now: a full disk, too little memory, a time limit. */
        UNAVAILABLE
    }

    private final Reason reason;

    /**
     * Makes one.
     *
     * @param reason whose fault it is, not null
     * @param message what, where, what to do, not null
     */
    public EngineException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Makes one with a cause.
     *
     * @param reason whose fault it is, not null
     * @param message what, where, what to do, not null
     * @param cause what failed below, not null
     */
    public EngineException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Whose fault it is.
     *
     * @return never null
     */
    public Reason reason() {
        return reason;
    }
}
