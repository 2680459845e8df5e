// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.Objects;

/**
 * One lifecycle callback that a plugin declares (contract 8.3), validated.
 *
 * @param operation one of the sixteen operations, such as {@code BeforeInstall}, not null
 * @param requestType what the guest dispatches by, not null
 * @param internalPath starts with {@code /}, not null
 * @param timeoutMs milliseconds, 0 for the default of 5,000
 */
public record LifecycleContract(String operation, String requestType, String internalPath, int timeoutMs) {
    /** Checks the components. */
    public LifecycleContract {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(requestType, "requestType");
        Objects.requireNonNull(internalPath, "internalPath");
    }
}
