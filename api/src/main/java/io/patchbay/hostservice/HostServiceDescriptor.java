// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import java.util.List;
import java.util.Objects;

/**
 * What a host service offers.
 *
 * @param name lower-case, without white space, as plugins write it, not null
 * @param resourceKind what its grants may be narrowed to, not null
 * @param methods its methods, lower-case; kept sorted, unmodifiable, at least one
 */
public record HostServiceDescriptor(String name, ResourceKind resourceKind, List<String> methods) {
    /** Checks the components, sorts and copies the methods. */
    public HostServiceDescriptor {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(resourceKind, "resourceKind");
        if (name.isBlank() || methods.isEmpty()) {
            throw new IllegalArgumentException("a host service has a name and at least one method: '" + name + "'");
        }
        methods = methods.stream().sorted().distinct().toList();
    }
}
