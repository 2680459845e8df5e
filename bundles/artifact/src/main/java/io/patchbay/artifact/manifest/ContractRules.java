// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.manifest;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.Quoted;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.LifecycleContract;
import io.patchbay.port.RouteContract;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and validates bridge, routes and lifecycle callbacks: rules and texts of contract 7.3. */
final class ContractRules {
    private static final Set<String> OPERATIONS = Set.of(
            "BeforeInstall",
            "AfterInstall",
            "BeforeUpgrade",
            "Upgrade",
            "AfterUpgrade",
            "BeforeDisable",
            "AfterDisable",
            "BeforeUninstall",
            "Uninstall",
            "AfterUninstall",
            "BeforeTenantDisable",
            "AfterTenantDisable",
            "BeforeTenantDelete",
            "AfterTenantDelete",
            "BeforeInstallModeChange",
            "AfterInstallModeChange");

    private final String pluginId;
    private final List<String> unknownMembers;

    ContractRules(String pluginId, List<String> unknownMembers) {
        this.pluginId = pluginId;
        this.unknownMembers = unknownMembers;
    }

    BridgeContract bridge(@Nullable Object value) throws ArtifactException {
        Node node = Node.of("bridge", value);
        String abi = orDefault(node.text("abiVersion").toLowerCase(Locale.ROOT), "v1");
        if (!abi.equals("v1")) {
            throw refused("dynamic route bridge ABI version is unsupported: " + Quoted.text(abi));
        }
        String kind = orDefault(node.text("runtimeKind").toLowerCase(Locale.ROOT), "wasm");
        if (!kind.equals("wasm")) {
            throw refused("dynamic route bridge runtimeKind only supports wasm: " + Quoted.text(kind));
        }
        boolean executes = node.flag("routeExecution").orElse(false);
        String request = node.text("requestCodec").toLowerCase(Locale.ROOT);
        String response = node.text("responseCodec").toLowerCase(Locale.ROOT);
        if (executes && !(request.equals("protobuf") && response.equals("protobuf"))) {
            throw refused("dynamic route bridge executable mode only supports protobuf codecs: request="
                    + Quoted.text(request) + " response=" + Quoted.text(response));
        }
        BridgeContract bridge = new BridgeContract(
                abi,
                kind,
                executes,
                request,
                response,
                orDefault(node.text("allocExport"), BridgeContract.DEFAULT_ALLOC_EXPORT),
                orDefault(node.text("executeExport"), BridgeContract.DEFAULT_EXECUTE_EXPORT));
        node.unknown(unknownMembers);
        return bridge;
    }

    List<RouteContract> routes(List<@Nullable Object> items) throws ArtifactException {
        List<RouteContract> routes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            RouteContract route = route(Node.of("routes[" + i + "]", items.get(i)));
            String key = route.method() + ' ' + route.path();
            if (!seen.add(key)) {
                throw refused("dynamic route method and path cannot be duplicated: " + Quoted.text(key));
            }
            routes.add(route);
        }
        return routes;
    }

    private RouteContract route(Node node) throws ArtifactException {
        String path = node.text("path");
        if (path.isEmpty()) {
            throw refused("dynamic route path cannot be empty");
        }
        if (!path.startsWith("/")) {
            throw refused("dynamic route path must start with /: " + Quoted.text(path));
        }
        String where = " (" + Quoted.text(path) + ')';
        String method = node.text("method").toUpperCase(Locale.ROOT);
        if (method.isEmpty()) {
            throw refused("dynamic route method cannot be empty" + where);
        }
        String requestType = node.text("requestType");
        if (requestType.isEmpty()) {
            throw refused("dynamic route requestType cannot be empty" + where);
        }
        String access = orDefault(node.text("access").toLowerCase(Locale.ROOT), RouteContract.LOGIN);
        if (!access.equals(RouteContract.LOGIN) && !access.equals(RouteContract.PUBLIC)) {
            throw refused("dynamic route access only supports public/login: " + Quoted.text(access));
        }
        String permission = node.text("permission");
        permission(access, permission);
        RouteContract route = new RouteContract(
                path,
                method,
                requestType,
                access,
                permission,
                tags(node),
                node.text("summary"),
                node.text("description"),
                node.textMap("meta"));
        node.unknown(unknownMembers);
        return route;
    }

    private static List<String> tags(Node node) throws ArtifactException {
        return node.raw("tags") instanceof String tag ? List.of(tag) : node.texts("tags");
    }

    private void permission(String access, String permission) throws ArtifactException {
        if (permission.isEmpty()) {
            return;
        }
        if (access.equals(RouteContract.PUBLIC)) {
            throw refused("public dynamic route cannot declare permission: " + Quoted.text(permission));
        }
        String[] parts = permission.split(":", -1);
        if (parts.length != 3 || !parts[0].equals(pluginId) || parts[1].isBlank() || parts[2].isBlank()) {
            throw refused("dynamic route permission must be " + pluginId + ":<resource>:<action>: "
                    + Quoted.text(permission));
        }
    }

    List<LifecycleContract> lifecycle(List<@Nullable Object> items) throws ArtifactException {
        List<LifecycleContract> callbacks = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < items.size(); i++) {
            Node node = Node.of("lifecycle[" + i + "]", items.get(i));
            String operation = node.text("operation");
            if (!OPERATIONS.contains(operation)) {
                throw refused("dynamic lifecycle operation is unknown: " + Quoted.text(operation));
            }
            if (!seen.add(operation)) {
                throw refused("dynamic lifecycle operation cannot be duplicated: " + operation);
            }
            String requestType = node.text("requestType");
            if (requestType.isEmpty()) {
                throw refused("dynamic lifecycle requestType cannot be empty: " + operation);
            }
            String path = normalized(node.text("internalPath"));
            if (path.equals("/")) {
                throw refused("dynamic lifecycle internalPath cannot be empty: " + operation);
            }
            int timeout = (int) node.number("timeoutMs", Integer.MAX_VALUE);
            node.unknown(unknownMembers);
            callbacks.add(new LifecycleContract(operation, requestType, path, timeout));
        }
        return callbacks;
    }

    /** One slash in front, none at the end (contract 7.3). */
    private static String normalized(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return '/' + path.substring(start, end);
    }

    private static String orDefault(String text, String byDefault) {
        return text.isEmpty() ? byDefault : text;
    }

    private static ArtifactException refused(String message) {
        return new ArtifactException(Code.CONTRACT, message);
    }
}
