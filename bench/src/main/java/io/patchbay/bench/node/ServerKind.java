// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import io.patchbay.itests.harness.PostgresServer;
import io.patchbay.itests.harness.RedisServer;
import io.patchbay.itests.harness.TestServer;
import io.patchbay.state.jdbc.JdbcStateProvider;
import io.patchbay.state.redis.RedisStateProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The servers in which plugin state is kept, and the settings of the provider that connects to one. */
public enum ServerKind {
    /** PostgreSQL. */
    POSTGRES("io.patchbay.state.jdbc", 3_000) {
        @Override
        Address start(Path folder) throws IOException {
            PostgresServer server = new PostgresServer(folder);
            return new Address(server, server.url());
        }

        @Override
        Map<String, Object> connection(String address) {
            return Map.of("url", address, "user", "postgres");
        }
    },

    /** Redis, made to keep what it acknowledges. */
    REDIS("io.patchbay.state.redis", 2_000) {
        @Override
        Address start(Path folder) throws IOException {
            RedisServer server = new RedisServer(folder, "appendonly yes", "appendfsync always");
            return new Address(server, server.host() + ":" + server.port());
        }

        @Override
        Map<String, Object> connection(String address) {
            int colon = address.lastIndexOf(':');
            return Map.of(
                    "host",
                    address.substring(0, colon),
                    "port",
                    Integer.parseInt(address.substring(colon + 1)),
                    "durability",
                    "power");
        }
    };

    private final String factory;
    private final long callTimeoutMillis;

    ServerKind(String factory, long callTimeoutMillis) {
        this.factory = factory;
        this.callTimeoutMillis = callTimeoutMillis;
    }

    /**
     * A server that runs.
     *
     * @param server its process
     * @param address how a provider finds it
     */
    public record Address(TestServer server, String address) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /**
     * Starts a server.
     *
     * @param folder for its data
     */
    abstract Address start(Path folder) throws IOException;

    abstract Map<String, Object> connection(String address);

    /** A class of each bundle that a node needs to connect to them. */
    public static List<Class<?>> bundles() throws ClassNotFoundException {
        return List.of(
                Class.forName("org.osgi.service.jdbc.DataSourceFactory"),
                Class.forName("org.postgresql.Driver"),
                JdbcStateProvider.class,
                RedisStateProvider.class);
    }

    /**
     * Starts a server.
     *
     * @param folder its data lies in a folder of this kind's name below
     */
    public Address startIn(Path folder) throws IOException {
        return start(folder.resolve(provider()));
    }

    /** The name under which the provider is bound. */
    public String provider() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The PID of the provider's configuration. */
    public String pid() {
        return factory + "~" + provider();
    }

    /** The longest time one call of the provider takes, as it comes. */
    public long callTimeoutMillis() {
        return callTimeoutMillis;
    }

    /** The settings of the provider. */
    public Map<String, Object> settings(String address) {
        Map<String, Object> settings = new HashMap<>(connection(address));
        settings.put("patchbay.provider", provider());
        return settings;
    }
}
