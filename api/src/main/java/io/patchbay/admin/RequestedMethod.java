// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;

/**
 * One method that a plugin requests, with the three columns of DESIGN 6. Effective is what all three say yes to.
 *
 * @param service the service's label, not null
 * @param method not null
 * @param resources requested resources, not null
 * @param decision what an operator decided, not null
 * @param provided whether a bundle provides the service and method now
 * @param decidedBy who decided; empty while undecided, not null
 * @param decidedAt when, ISO 8601 in UTC; empty while undecided, not null
 * @param decidedFor digest of the artifact for which it was decided; empty while undecided, not null
 * @param byPolicy whether the policy file decided, and nobody else
 */
public record RequestedMethod(
        String service,
        String method,
        List<String> resources,
        Decision decision,
        boolean provided,
        String decidedBy,
        String decidedAt,
        String decidedFor,
        boolean byPolicy) {
    /** What an operator decided on a requested method. */
    public enum Decision {
        /** Nobody decided yet. */
        UNDECIDED,
        /** Granted. */
        GRANTED,
        /** Refused. */
        REFUSED
    }

    /** Checks the components and copies the list. */
    public RequestedMethod {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(decision, "decision");
        Objects.requireNonNull(decidedBy, "decidedBy");
        Objects.requireNonNull(decidedAt, "decidedAt");
        Objects.requireNonNull(decidedFor, "decidedFor");
        resources = List.copyOf(resources);
    }

    /**
     * The name that {@code --grant} takes.
     *
     * @return {@code service.method}, never null
     */
    public String name() {
        return service + "." + method;
    }

    /**
     * Whether a call would reach the method.
     *
     * @return requested and granted and provided
     */
    public boolean effective() {
        return decision == Decision.GRANTED && provided;
    }
}
