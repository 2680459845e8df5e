// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.io.Serial;
import java.util.Objects;

/**
 * Thrown below guest frames to end the execution: it flies through them to the boundary, where it becomes a
 * {@link GuestTrap}. A guest cannot catch it. It carries no stack trace, because it is control flow.
 */
public final class GuestAbort extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final GuestTrap.Reason reason;
    private final String detail;
    private final int exitCode;

    private GuestAbort(GuestTrap.Reason reason, String detail, int exitCode) {
        super(detail, null, false, false);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.detail = Objects.requireNonNull(detail, "detail");
        this.exitCode = exitCode;
    }

    /**
     * Makes one.
     *
     * @param reason why, not null
     * @param detail clean words for the caller, not null
     */
    public GuestAbort(GuestTrap.Reason reason, String detail) {
        this(reason, detail, 0);
    }

    /**
     * Makes the one that {@code proc_exit} throws.
     *
     * @param code what the guest gave
     * @return never null
     */
    public static GuestAbort exit(int code) {
        return new GuestAbort(GuestTrap.Reason.EXIT, "the guest exited with code " + code, code);
    }

    GuestTrap.Reason reason() {
        return reason;
    }

    String detail() {
        return detail;
    }

    int exitCode() {
        return exitCode;
    }
}
