// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.io.Serial;

/**
 * A call that a provider could not carry out: its server is away, its disk is full, its data is damaged.
 *
 * <p>The guest is told {@code Host call failed} with an incident id (contract D14); this message and cause are logged on
 * the host under that id. Any other unchecked exception that a provider throws is treated the same; only a {@link
 * BackendUnavailableException} is waited for.
 */
public class ProviderException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Makes one without a cause.
     *
     * @param message what failed, where, and what an operator can do; without secrets, not null
     */
    public ProviderException(String message) {
        super(message);
    }

    /**
     * Makes one with a cause.
     *
     * @param message what failed, where, and what an operator can do; without secrets, not null
     * @param cause what the library below threw, not null
     */
    public ProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
