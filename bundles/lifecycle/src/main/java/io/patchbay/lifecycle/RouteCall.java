// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.plugin.Caller;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.RouteContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One request on its way to one release: the checks of contract 1.8 that follow the match, and the execution request of
 * contract 2.8.
 */
record RouteCall(PluginDescriptor descriptor, RouteTable.Match match, PluginRequest request) {
    private static final String AUTHORIZATION = "authorization";

    /**
     * Matches a request.
     *
     * @throws PluginCallException {@code NO_ROUTE}
     */
    static RouteCall of(PluginDescriptor descriptor, RouteTable routes, PluginRequest request)
            throws PluginCallException {
        return new RouteCall(
                descriptor, routes.match(request.method(), request.path()).orElseThrow(RouteCall::notFound), request);
    }

    static PluginCallException notFound() {
        return new PluginCallException(Reason.NO_ROUTE, "Dynamic route not found");
    }

    /**
     * Checks who calls, whether the plugin is there for the caller's tenant, what the caller may, then whether there is
     * code to call: in this order (contract 1.8). A public route asks nobody's name, so it is there for everybody.
     *
     * @throws PluginCallException {@code NOT_ENABLED}, {@code UNAUTHORIZED}, {@code FORBIDDEN} or {@code NO_BRIDGE}
     */
    ExecutionRequest admitted(Tenancy tenancy) throws PluginCallException {
        RouteContract route = match.route();
        Optional<Identity> caller = route.needsLogin() ? Optional.of(authorized(route, tenancy)) : Optional.empty();
        if (!descriptor.executesRoutes()) {
            throw new PluginCallException(
                    Reason.NO_BRIDGE, "Dynamic route bridge is not executable for the active plugin release");
        }
        String internalPath = request.path();
        return new ExecutionRequest(
                ExecutionRequest.Source.ROUTE,
                descriptor.id() + ":" + request.method() + ":" + internalPath,
                new ExecutionRequest.Route(
                        request.method().toUpperCase(Locale.ROOT),
                        "/x/" + descriptor.id() + internalPath,
                        internalPath,
                        route.path(),
                        route.access(),
                        route.permission(),
                        route.requestType(),
                        match.pathParams(),
                        QueryString.decode(request.rawQuery())),
                Optional.of(asSeenByTheGuest(caller)),
                caller,
                request.timeout());
    }

    static PluginCallException notEnabled() {
        return new PluginCallException(Reason.NOT_ENABLED, "Dynamic plugin is not enabled");
    }

    private Identity authorized(RouteContract route, Tenancy tenancy) throws PluginCallException {
        Identity caller = request.caller().identify();
        if (!tenancy.admits(caller.tenantId())) {
            throw notEnabled();
        }
        String permission = route.permission();
        if (!permission.isEmpty()
                && !caller.superAdmin()
                && !caller.permissions().contains(permission)) {
            throw new PluginCallException(Reason.FORBIDDEN, "Permission denied");
        }
        return caller;
    }

    private PluginRequest asSeenByTheGuest(Optional<Identity> caller) {
        Map<String, List<String>> headers = new LinkedHashMap<>(request.headers());
        headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).equals(AUTHORIZATION));
        return new PluginRequest(
                request.method(),
                request.path(),
                request.rawQuery(),
                headers,
                request.body(),
                request.host(),
                request.scheme(),
                request.remoteAddress(),
                request.clientIp(),
                caller.map(Caller::known).orElseGet(Caller::nobody),
                request.timeout());
    }
}
