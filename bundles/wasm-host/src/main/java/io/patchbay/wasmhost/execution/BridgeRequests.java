// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.wire.BridgeRequest;
import io.patchbay.wire.HttpSnapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes the message that a guest's execute export gets (contract 2.8). */
final class BridgeRequests {
    private static final String AUTHORIZATION = "authorization";

    private BridgeRequests() {}

    static FieldWriter encode(String pluginId, ExecutionRequest request) {
        FieldWriter out = new FieldWriter();
        new BridgeRequest(
                        pluginId,
                        Optional.of(request.route()),
                        request.http().map(http -> snapshot(http, request)),
                        request.identity(),
                        request.requestId())
                .encode(out);
        return out;
    }

    private static HttpSnapshot snapshot(PluginRequest http, ExecutionRequest request) {
        ExecutionRequest.Route route = request.route();
        // A callback has a content type and no headers (contract 2.8).
        boolean lifecycle = request.source() == ExecutionRequest.Source.LIFECYCLE;
        Map<String, List<String>> headers = lifecycle ? Map.of() : http.headers();
        return new HttpSnapshot(
                http.method(),
                route.publicPath(),
                route.internalPath(),
                route.publicPath(),
                http.rawQuery(),
                http.host(),
                http.scheme(),
                http.remoteAddress(),
                http.clientIp(),
                http.header("content-type").orElse(""),
                withoutAuthorization(headers),
                lifecycle ? Map.of() : http.cookies(),
                http.body());
    }

    private static Map<String, List<String>> withoutAuthorization(Map<String, List<String>> headers) {
        Map<String, List<String>> passed = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (!name.toLowerCase(Locale.ROOT).equals(AUTHORIZATION)) {
                passed.put(name, values);
            }
        });
        return passed;
    }
}
