// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.io.Serial;

/** Nothing served a kind within the grace time, or only a provider whose server was away. Carries no stack trace: it is an answer, not a fault. */
public final class ProviderUnavailableException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String kind;

    /**
     * Makes one.
     *
     * @param kind the kind, not null
     * @param reason for operators: what is missing or not ready, not null
     */
    public ProviderUnavailableException(String kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
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
     * The answer for a guest (contract D13).
     *
     * @return never null
     */
    public HostCallException toHostCallException() {
        return HostCallException.providerUnavailable(kind);
    }
}
