// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One request to a plugin's route, whoever brings it: HTTP, another bundle, the command line. Immutable.
 *
 * <p>The byte array of {@link #body()} is not copied: whoever hands it over leaves it alone afterwards.
 *
 * @param method the HTTP method, as received, not null
 * @param path the path inside the plugin, starting with {@code /} (everything after {@code /x/<pluginId>}), not null
 * @param rawQuery the query as received, without {@code ?}, not decoded; empty for none, not null
 * @param headers names as the way in received them, each with its values in order; unmodifiable, not null
 * @param body the body, empty for none, not null
 * @param host the authority that the client named; empty when there is none, not null
 * @param scheme the URL's scheme, normally empty (contract 2.8), not null
 * @param remoteAddress the peer as address and port, such as {@code 192.0.2.7:52100}; empty when there is none, not null
 * @param clientIp the client's address as the way in sees it; empty when there is none, not null
 * @param caller tells who calls, not null
 * @param timeout the caller's own deadline, counted from the call; empty for the host's default
 */
@SuppressWarnings("ArrayRecordComponent") // a body on its way; nothing compares it
public record PluginRequest(
        String method,
        String path,
        String rawQuery,
        Map<String, List<String>> headers,
        byte[] body,
        String host,
        String scheme,
        String remoteAddress,
        String clientIp,
        Caller caller,
        Optional<Duration> timeout) {

    private static final byte[] NO_BODY = new byte[0];

    /** Checks the components and copies the headers. */
    public PluginRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(rawQuery, "rawQuery");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(remoteAddress, "remoteAddress");
        Objects.requireNonNull(clientIp, "clientIp");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(timeout, "timeout");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with '/': '" + path + "'");
        }
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        headers = Collections.unmodifiableMap(copy);
    }

    /**
     * Starts a request.
     *
     * @param method the HTTP method, not null
     * @param path the path inside the plugin, starting with {@code /}; may carry a query behind {@code ?}, not null
     * @return a builder without headers, body, caller or timeout
     */
    public static Builder to(String method, String path) {
        return new Builder(method, path);
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
     * The cookies of the headers {@code Cookie}.
     *
     * @return by name, the last one of a name; unmodifiable, never null
     */
    public Map<String, String> cookies() {
        return Cookies.of(headers);
    }

    /** Builds a request; used by one thread. */
    public static final class Builder {
        private final String method;
        private final String path;
        private final String rawQuery;
        private final Map<String, List<String>> headers = new LinkedHashMap<>();
        private byte[] body = NO_BODY;
        private String host = "";
        private String scheme = "";
        private String remoteAddress = "";
        private String clientIp = "";
        private Caller caller = Caller.nobody();
        private Optional<Duration> timeout = Optional.empty();

        private Builder(String method, String path) {
            this.method = method;
            int query = path.indexOf('?');
            this.path = query < 0 ? path : path.substring(0, query);
            this.rawQuery = query < 0 ? "" : path.substring(query + 1);
        }

        /**
         * Adds a header value.
         *
         * @param name not null
         * @param value not null
         * @return this
         */
        public Builder header(String name, String value) {
            headers.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
            return this;
        }

        /**
         * Sets the body.
         *
         * @param value not copied, not null
         * @return this
         */
        public Builder body(byte[] value) {
            body = value;
            return this;
        }

        /**
         * Sets who calls, when that is known already.
         *
         * @param value not null
         * @return this
         */
        public Builder identity(Identity value) {
            return caller(Caller.known(value));
        }

        /**
         * Sets who tells who calls.
         *
         * @param value not null
         * @return this
         */
        public Builder caller(Caller value) {
            caller = value;
            return this;
        }

        /**
         * Sets the caller's deadline.
         *
         * @param value positive, not null
         * @return this
         */
        public Builder timeout(Duration value) {
            timeout = Optional.of(value);
            return this;
        }

        /**
         * Sets what the way in knows about the client.
         *
         * @param hostName the authority, not null
         * @param urlScheme normally empty, not null
         * @param peer the peer as address and port, not null
         * @param client the client's address, not null
         * @return this
         */
        public Builder client(String hostName, String urlScheme, String peer, String client) {
            host = hostName;
            scheme = urlScheme;
            remoteAddress = peer;
            clientIp = client;
            return this;
        }

        /**
         * Makes the request.
         *
         * @return never null
         */
        public PluginRequest build() {
            return new PluginRequest(
                    method, path, rawQuery, headers, body, host, scheme, remoteAddress, clientIp, caller, timeout);
        }
    }
}
