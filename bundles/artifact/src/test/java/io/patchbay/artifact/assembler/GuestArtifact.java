// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.assembler;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes an installable artifact of a module: appends the sections of contract 7.1. Unless told otherwise it is a plugin of
 * version v0.1.0 with one public route {@code GET /run} and no requested methods. Not thread-safe.
 */
public final class GuestArtifact {
    private final String id;
    private final List<String> hostServices = new ArrayList<>();
    private final List<String> routes = new ArrayList<>();
    private final List<String> lifecycle = new ArrayList<>();
    private String version = "v0.1.0";
    private boolean routeExecution = true;

    public GuestArtifact(String id) {
        this.id = id;
    }

    public GuestArtifact version(String value) {
        version = value;
        return this;
    }

    /** Requests methods of one host service. */
    public GuestArtifact requests(String service, String... methods) {
        hostServices.add("{\"methods\":[" + quoted(methods) + "],\"service\":\"" + service + "\"}");
        return this;
    }

    /** Adds a route; the first one replaces the default. */
    public GuestArtifact route(String method, String path, String requestType, String access) {
        return route(method, path, requestType, access, "");
    }

    /** Adds a route that needs a permission. */
    public GuestArtifact route(String method, String path, String requestType, String access, String permission) {
        routes.add("{\"path\":\"" + path + "\",\"method\":\"" + method + "\",\"requestType\":\"" + requestType
                + "\",\"access\":\"" + access
                + (permission.isEmpty() ? "" : "\",\"permission\":\"" + permission) + "\"}");
        return this;
    }

    /** Declares a lifecycle callback. */
    public GuestArtifact callback(String operation, String internalPath, int timeoutMs) {
        lifecycle.add("{\"operation\":\"" + operation + "\",\"requestType\":\"" + operation
                + "Req\",\"internalPath\":\"" + internalPath + "\",\"timeoutMs\":" + timeoutMs + "}");
        return this;
    }

    /** Routes do not run code. */
    public GuestArtifact withoutRouteExecution() {
        routeExecution = false;
        return this;
    }

    /** The artifact. */
    public byte[] of(byte[] module) {
        Bytes out = new Bytes().raw(module);
        custom(
                out,
                "lina.plugin.manifest",
                "{\"id\":\"" + id + "\",\"name\":\"" + id + "\",\"version\":\"" + version
                        + "\",\"type\":\"dynamic\",\"scopeNature\":\"tenant_aware\",\"supportsMultiTenant\":true,"
                        + "\"defaultInstallMode\":\"global\"}");
        custom(out, "lina.plugin.dynamic", "{\"runtimeKind\":\"wasm\",\"abiVersion\":\"v1\"}");
        if (!hostServices.isEmpty()) {
            custom(out, "lina.plugin.backend.host-services", array(hostServices));
        }
        if (!lifecycle.isEmpty()) {
            custom(out, "lina.plugin.backend.lifecycle", array(lifecycle));
        }
        if (routes.isEmpty() && routeExecution) {
            route("GET", "/run", "Run", "public");
        }
        if (!routes.isEmpty()) {
            custom(out, "lina.plugin.backend.routes", array(routes));
        }
        custom(
                out,
                "lina.plugin.backend.bridge",
                "{\"abiVersion\":\"v1\",\"runtimeKind\":\"wasm\",\"routeExecution\":" + routeExecution
                        + ",\"requestCodec\":\"protobuf\",\"responseCodec\":\"protobuf\",\"allocExport\":\""
                        + GuestBuilder.ALLOC + "\",\"executeExport\":\"" + GuestBuilder.EXECUTE + "\"}");
        return out.toArray();
    }

    private static String array(List<String> items) {
        return items.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String[] texts) {
        return List.of(texts).stream().map(text -> "\"" + text + "\"").collect(Collectors.joining(","));
    }

    /** Appends a custom section with that text, as LinaPro's builder does behind the module. */
    public static void custom(Bytes out, String name, String json) {
        byte[] content = json.getBytes(StandardCharsets.UTF_8);
        Bytes section = new Bytes().name(name).raw(content);
        out.raw(0).u32(section.size()).raw(section.toArray());
    }
}
