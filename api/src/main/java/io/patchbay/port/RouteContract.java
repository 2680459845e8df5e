// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One route of a plugin (contract 7.1, 7.3), validated.
 *
 * @param path starts with {@code /}; {@code {name}} captures one segment, not null
 * @param method upper-case HTTP method, not null
 * @param requestType what the guest dispatches by, not null
 * @param access {@code public} or {@code login}, not null
 * @param permission empty when none is needed, not null
 * @param tags for documentation, not null
 * @param summary for documentation, not null
 * @param description for documentation, not null
 * @param meta for documentation, not null
 */
public record RouteContract(
        String path,
        String method,
        String requestType,
        String access,
        String permission,
        List<String> tags,
        String summary,
        String description,
        Map<String, String> meta) {
    /** The value of {@code access} for routes that need an identity. */
    public static final String LOGIN = "login";

    /** The value of {@code access} for routes that everybody may call. */
    public static final String PUBLIC = "public";

    /** Checks the components and copies the collections. */
    public RouteContract {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(requestType, "requestType");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(permission, "permission");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(description, "description");
        tags = List.copyOf(tags);
        meta = Map.copyOf(meta);
    }

    /**
     * Tells whether the route needs an identity.
     *
     * @return true for {@code access: login}
     */
    public boolean needsLogin() {
        return access.equals(LOGIN);
    }
}
