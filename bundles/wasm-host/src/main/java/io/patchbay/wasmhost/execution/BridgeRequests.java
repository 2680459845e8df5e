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
    private static final String COOKIE = "cookie";

    /** What a cookie's name may have beside letters and digits (RFC 6265, RFC 9110 token). */
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

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
        Map<String, List<String>> headers =
                request.source() == ExecutionRequest.Source.LIFECYCLE ? Map.of() : http.headers();
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
                cookies(headers),
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

    private static Map<String, String> cookies(Map<String, List<String>> headers) {
        Map<String, String> cookies = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (name.toLowerCase(Locale.ROOT).equals(COOKIE)) {
                values.forEach(value -> readCookies(value, cookies));
            }
        });
        return cookies;
    }

    private static void readCookies(String header, Map<String, String> into) {
        for (String part : header.split(";", -1)) {
            String pair = part.strip();
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            if (isToken(name)) {
                into.put(name, unquoted(value));
            }
        }
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> isAsciiAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static boolean isAsciiAlphanumeric(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
