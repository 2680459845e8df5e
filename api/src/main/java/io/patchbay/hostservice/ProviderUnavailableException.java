// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.io.Serial;

/** Nothing served a kind within the grace time, or only a provider whose server was away. Carries no stack trace: it is an answer, not a fault. */
public final class ProviderUnavailableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final boolean recalled;

    /**
     * Makes one.
     *
     * @param kind the kind, not null
     * @param reason for operators: what is missing or not ready, not null
     */
    public ProviderUnavailableException(String kind, String reason) {
        this(kind, reason, false);
    }

    private ProviderUnavailableException(String kind, String reason, boolean recalled) {
        super(reason, null, false, false);
        this.kind = kind;
        this.recalled = recalled;
    }

    /**
     * The wait was ended because the host service that calls is leaving ({@link HostCall#isRecalled}).
     *
     * @param kind the kind, not null
     * @return never null
     */
    public static ProviderUnavailableException recalled(String kind) {
        return new ProviderUnavailableException(kind, "the host service that waits for kind " + kind + " leaves", true);
    }

    /**
     * The kind that nothing serves.
     *
     * @return never null
     */
    public String kind() {
        return kind;
    }

    /**
     * The answer for a guest (contract D13), or a call given back, to be made again.
     *
     * @return never null
     */
    public HostCallException toHostCallException() {
        return recalled ? HostCallException.recalled(kind) : HostCallException.providerUnavailable(kind);
    }
}
