// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.io.Serial;

/**
 * A provider threw what its SPI does not allow, returned null, or overstayed its call timeout. The patch bay has counted
 * it and logged the cause under {@link #incident()}.
 */
public final class ProviderFailedException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final String provider;
    private final String incident;

    /**
     * Makes one; no stack trace, for the cause has the one that matters.
     *
     * @param kind the kind, not null
     * @param provider the provider's name, not null
     * @param incident the correlation id under which the cause was logged, not null
     * @param reason for operators, not null
     */
    public ProviderFailedException(String kind, String provider, String incident, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
        this.provider = provider;
        this.incident = incident;
    }

    /**
     * The kind of the provider.
     *
     * @return never null
     */
    public String kind() {
        return kind;
    }

    /**
     * The provider's name.
     *
     * @return never null
     */
    public String provider() {
        return provider;
    }

    /**
     * The id that the guest is told and the host's log has.
     *
     * @return never null
     */
    public String incident() {
        return incident;
    }

    /**
     * The answer for a guest (contract D14).
     *
     * @return never null
     */
    public HostCallException toHostCallException() {
        return HostCallException.incident(incident);
    }
}
