// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The settings, checked; a text of them shows no password.
 *
 * @param name the provider's name
 * @param host the server
 * @param port its port
 * @param database its numbered database
 * @param prefix what every key begins with
 * @param login who connects
 * @param tls how the connection is encrypted, or empty for plain
 * @param durability what the server is configured to keep
 * @param poolSize the most connections
 * @param callTimeout the longest time of one call
 */
record RedisSettings(
        String name,
        String host,
        int port,
        int database,
        String prefix,
        Login login,
        Optional<Tls> tls,
        Durability durability,
        int poolSize,
        Duration callTimeout) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,100}");
    private static final int MOST_CONNECTIONS = 200;
    private static final long SHORTEST_CALL = 200;
    private static final long LONGEST_CALL = 60_000;

    /**
     * Who connects.
     *
     * @param user empty for the server's default user
     * @param password empty for none
     */
    record Login(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * How the connection is encrypted.
     *
     * @param trustStore a PKCS #12 file, or empty for the runtime's certificates
     * @param password what opens it
     */
    record Tls(Optional<Path> trustStore, String password) {
        @Override
        public String toString() {
            return trustStore.toString();
        }
    }

    RedisSettings {
        check(!host.isBlank(), "host", "the server's name", host);
        check(port > 0 && port < 65_536, "port", "1 to 65535", port);
        check(database >= 0, "database", "not negative", database);
        check(
                PREFIX.matcher(prefix).matches(),
                "prefix",
                "1 to 100 letters, digits, dots, dashes, underscores and colons",
                prefix);
        check(poolSize > 0 && poolSize <= MOST_CONNECTIONS, "pool.size", "1 to " + MOST_CONNECTIONS, poolSize);
        long millis = callTimeout.toMillis();
        check(
                millis >= SHORTEST_CALL && millis <= LONGEST_CALL,
                "patchbay.call.timeout",
                SHORTEST_CALL + " to " + LONGEST_CALL + " ms",
                millis);
    }

    private static Optional<Path> trustStore(String setting) {
        if (setting.isBlank()) {
            return Optional.empty();
        }
        Optional<Path> file = readable(setting.strip());
        check(file.isPresent(), "tls.truststore", "a file that can be read", setting);
        return file;
    }

    private static Optional<Path> readable(String name) {
        try {
            return Optional.of(Path.of(name)).filter(Files::isRegularFile).filter(Files::isReadable);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static void check(boolean right, String setting, String rule, Object value) {
        if (!right) {
            String shown = String.valueOf(value);
            throw new ProviderException("the setting " + setting + " is " + rule + ", not '"
                    + (shown.length() <= 100 ? shown : shown.substring(0, 100) + "...") + "'");
        }
    }

    static RedisSettings of(RedisStateConfiguration configuration) {
        Optional<Tls> tls = configuration.tls()
                ? Optional.of(
                        new Tls(trustStore(configuration.tls_truststore()), configuration._tls_truststore_password()))
                : Optional.empty();
        return new RedisSettings(
                configuration.patchbay_provider(),
                configuration.host().strip(),
                configuration.port(),
                configuration.database(),
                configuration.prefix(),
                new Login(configuration.user().strip(), configuration._password()),
                tls,
                durability(configuration.durability()),
                configuration.pool_size(),
                Duration.ofMillis(configuration.patchbay_call_timeout()));
    }

    private static Durability durability(String setting) {
        return switch (setting.strip().toLowerCase(Locale.ROOT)) {
            case "none" -> Durability.NONE;
            case "process" -> Durability.PROCESS;
            case "power" -> Durability.POWER;
            default -> {
                check(false, "durability", "'none', 'process' or 'power'", setting);
                yield Durability.NONE;
            }
        };
    }

    /** The server as a person may see it. */
    String address() {
        return host + ":" + port + "/" + database;
    }
}
