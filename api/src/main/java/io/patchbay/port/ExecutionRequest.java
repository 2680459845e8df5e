// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.plugin.Identity;
import io.patchbay.plugin.PluginRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One execution: the bridge request of contract 2.8, unencoded.
 *
 * @param source what caused it, not null
 * @param requestId as contract 2.8 builds it, not null
 * @param route the route snapshot, not null
 * @param http the request snapshot; empty where contract 2.8 has none
 * @param identity the identity snapshot; empty for public routes, callbacks and jobs
 * @param timeout the execution's deadline from now; empty for the configured default
 */
public record ExecutionRequest(
        Source source,
        String requestId,
        Route route,
        Optional<PluginRequest> http,
        Optional<Identity> identity,
        Optional<Duration> timeout) {

    /** What causes an execution (contract 1.3). */
    public enum Source {
        /** A request to a route. */
        ROUTE,
        /** A lifecycle callback. */
        LIFECYCLE
    }

    /** Checks the components. */
    public ExecutionRequest {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(route, "route");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(timeout, "timeout");
    }

    /**
     * The tenant whose state the execution works on (contract 4.2).
     *
     * @return the identity's tenant when above 0, else 0
     */
    public int tenantId() {
        return identity.map(caller -> Math.max(0, caller.tenantId())).orElse(0);
    }

    /**
     * The route snapshot of contract 2.8.
     *
     * @param method upper-case, not null
     * @param publicPath {@code /x/<pluginId>/...}, not null
     * @param internalPath the path inside the plugin, not null
     * @param routePath the route's pattern, not null
     * @param access {@code public}, {@code login} or empty, not null
     * @param permission empty when none is needed, not null
     * @param requestType what the guest dispatches by, not null
     * @param pathParams captured segments, not decoded again, not null
     * @param queryValues the decoded query, not null
     */
    public record Route(
            String method,
            String publicPath,
            String internalPath,
            String routePath,
            String access,
            String permission,
            String requestType,
            Map<String, String> pathParams,
            Map<String, List<String>> queryValues) {
        /** Checks the components and copies the maps. */
        public Route {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(publicPath, "publicPath");
            Objects.requireNonNull(internalPath, "internalPath");
            Objects.requireNonNull(routePath, "routePath");
            Objects.requireNonNull(access, "access");
            Objects.requireNonNull(permission, "permission");
            Objects.requireNonNull(requestType, "requestType");
            pathParams = Collections.unmodifiableMap(new LinkedHashMap<>(pathParams));
            Map<String, List<String>> copy = new LinkedHashMap<>();
            queryValues.forEach((name, values) -> copy.put(name, List.copyOf(values)));
            queryValues = Collections.unmodifiableMap(copy);
        }
    }
}
