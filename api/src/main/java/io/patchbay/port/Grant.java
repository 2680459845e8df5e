// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.List;
import java.util.Objects;

/**
 * One method that an operator granted to a release.
 *
 * @param service the service's label as in {@link HostServiceDeclaration#label()}, not null
 * @param method lower-case, not null
 * @param resources the granted resource names of a service with resources, else empty, not null
 */
public record Grant(String service, String method, List<String> resources) {
    /** Checks the components and copies the list. */
    public Grant {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(method, "method");
        resources = List.copyOf(resources);
    }

    /**
     * A grant without resources.
     *
     * @param service not null
     * @param method not null
     * @return never null
     */
    public static Grant of(String service, String method) {
        return new Grant(service, method, List.of());
    }
}
