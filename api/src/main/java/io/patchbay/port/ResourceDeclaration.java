// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A named resource that a declaration asks for (contract 5.2).
 *
 * @param ref the resource's name, or the url of a network item, not null
 * @param allowMethods methods that the resource allows, not null
 * @param headerAllowList headers that may pass, not null
 * @param timeoutMs milliseconds, 0 when not declared
 * @param maxBodyBytes bytes, 0 when not declared
 * @param attributes further settings as declared, not null
 */
public record ResourceDeclaration(
        String ref,
        List<String> allowMethods,
        List<String> headerAllowList,
        int timeoutMs,
        long maxBodyBytes,
        Map<String, String> attributes) {
    /** Checks the components and copies the collections. */
    public ResourceDeclaration {
        Objects.requireNonNull(ref, "ref");
        allowMethods = List.copyOf(allowMethods);
        headerAllowList = List.copyOf(headerAllowList);
        attributes = Map.copyOf(attributes);
    }
}
