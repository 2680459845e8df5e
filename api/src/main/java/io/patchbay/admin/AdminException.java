// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.io.Serial;
import java.util.List;
import java.util.Objects;

/**
 * An operator's wish that was not carried out. The message is for people: what was wrong, where, and what to do. Nothing
 * was changed unless the method that throws says otherwise.
 */
public final class AdminException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What kind of refusal it is; decides the exit code (DESIGN 11). */
    public enum Problem {
        /** The input is wrong: an unknown name, a malformed artifact, a bad option. */
        INPUT(2),
        /** An operator has to say yes first. */
        CONSENT_NEEDED(3),
        /** The input is right and the state of the node forbids it. */
        REFUSED(4),
        /** Node, data folder, store or server is not available. */
        UNAVAILABLE(5);

        private final int exitCode;

        Problem(int exitCode) {
            this.exitCode = exitCode;
        }

        /**
         * The exit code of a command that ends with it.
         *
         * @return 2 to 5
         */
        public int exitCode() {
            return exitCode;
        }
    }

    private final Problem problem;
    private final transient List<String> details;

    /**
     * Makes one.
     *
     * @param problem what kind, not null
     * @param message what, where, what to do, not null
     */
    public AdminException(Problem problem, String message) {
        this(problem, message, List.of());
    }

    /**
     * Makes one with further lines.
     *
     * @param problem what kind, not null
     * @param message what, where, what to do, not null
     * @param details one line each, such as the methods that wait for consent, not null
     */
    public AdminException(Problem problem, String message, List<String> details) {
        super(message);
        this.problem = Objects.requireNonNull(problem, "problem");
        this.details = List.copyOf(details);
    }

    /**
     * Makes one with a cause, which is for the host's log only.
     *
     * @param problem what kind, not null
     * @param message what, where, what to do, not null
     * @param cause what failed below, not null
     */
    public AdminException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = Objects.requireNonNull(problem, "problem");
        this.details = List.of();
    }

    /**
     * What kind of refusal it is.
     *
     * @return never null
     */
    public Problem problem() {
        return problem;
    }

    /**
     * Further lines.
     *
     * @return unmodifiable, may be empty, never null
     */
    public List<String> details() {
        return details;
    }
}
