// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import java.io.Serial;

/** Ends an execution because the guest called {@code proc_exit}. An ordinary end, so it carries no stack trace. */
public final class GuestExitException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    GuestExitException(int exitCode) {
        super("module closed with exit_code(" + Integer.toUnsignedString(exitCode) + ")", null, false, false);
        this.exitCode = exitCode;
    }

    /**
     * What the guest exited with.
     *
     * @return unsigned
     */
    public int exitCode() {
        return exitCode;
    }
}
