// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.util.Objects;

/**
 * How a provider is, as operators see it.
 *
 * @param status the verdict, not null
 * @param detail one line for an operator, without secrets; empty when there is nothing to say, not null
 */
public record ProviderHealth(Status status, String detail) {
    /** Everything works and there is nothing to say. */
    public static final ProviderHealth UP = new ProviderHealth(Status.UP, "");

    /** The verdict. */
    public enum Status {
        /** Serves every call. */
        UP,
        /** Serves, but something needs attention (a full disk soon, entries dropped). */
        DEGRADED,
        /** Calls fail now. */
        DOWN
    }

    /** Checks the components. */
    public ProviderHealth {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(detail, "detail");
    }
}
