// SPDX-License-Identifier: Apache-2.0
package io.patchbay.examples.app;

import java.io.Serial;

/** There is no report; the message is for whoever asked for it. */
public final class ReportException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean worthAnotherTry;

    ReportException(String message, boolean worthAnotherTry) {
        super(message);
        this.worthAnotherTry = worthAnotherTry;
    }

    /**
     * Whether nothing of it has run, so that asking again in a moment does no harm.
     *
     * @return false when the plugin may have begun, or would fail again
     */
    public boolean isWorthAnotherTry() {
        return worthAnotherTry;
    }
}
