// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an HTTP request tells about whoever sent it. Everything in it comes from the client and is unchecked, except the two
 * addresses. Immutable.
 *
 * @param pluginId the plugin that is called, not null
 * @param method the HTTP method as received, not null
 * @param path the path inside the plugin, starting with {@code /}, decoded once, not null
 * @param headers all of them, {@code Authorization} too, each name with its values in order; unmodifiable, not null
 * @param cookies by name, the last one of a name; unmodifiable, not null
 * @param remoteAddress the peer of the connection as address and port, such as {@code 192.0.2.7:52100} or {@code
 *     [2001:db8::7]:52100}, not null
 * @param clientIp the address of the client: that of the peer, or the one that a trusted proxy names, not null
 */
public record Credentials(
        String pluginId,
        String method,
        String path,
        Map<String, List<String>> headers,
        Map<String, String> cookies,
        String remoteAddress,
        String clientIp) {
    private static final String SCHEME = "Bearer ";

    /** Checks the components and copies the maps. */
    public Credentials {
        Objects.requireNonNull(pluginId, "pluginId");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
        Objects.requireNonNull(clientIp, "clientIp");
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
        cookies = Collections.unmodifiableMap(new LinkedHashMap<>(cookies));
    }

    /**
     * Finds a header.
     *
     * @param name compared without case, not null
     * @return the first value, or empty when the header is not there
     */
    public Optional<String> header(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return headers.entrySet().stream()
                .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals(wanted))
                .flatMap(header -> header.getValue().stream())
                .findFirst();
    }

    /**
     * The token of the header {@code Authorization} with the scheme {@code Bearer}.
     *
     * @return without white space around it; empty when there is no such header, another scheme, or nothing behind it
     */
    public Optional<String> bearerToken() {
        return header("Authorization")
                .map(String::strip)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(value -> value.substring(SCHEME.length()).strip())
                .filter(token -> !token.isEmpty());
    }
}
