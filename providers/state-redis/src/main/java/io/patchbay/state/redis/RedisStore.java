// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;

/** The store in one server: its identity and the operations of the SPI, each one script. Thread-safe. */
final class RedisStore implements AutoCloseable {
    /** Connections that are there before the first call wants one. */
    private static final int KEPT = 8;

    private final StoreIdentity identity;
    private final KeyLayout layout;
    private final ScriptRunner scripts;
    private final Connections connections;

    private RedisStore(StoreIdentity identity, KeyLayout layout, ScriptRunner scripts, Connections connections) {
        this.identity = identity;
        this.layout = layout;
        this.scripts = scripts;
        this.connections = connections;
    }

    /**
     * Opens the store in a server that is there and lets the user in.
     *
     * @throws BackendUnavailableException when it is not, or does not
     * @throws ForeignStoreException when its data or configuration cannot be used
     */
    static RedisStore connect(RedisSettings settings) {
        RedisTrouble trouble = new RedisTrouble(settings);
        Connections connections = new Connections(settings, trouble);
        boolean opened = false;
        try {
            RedisStore store = open(connections, trouble, settings);
            connections.connectAhead(Math.min(KEPT, settings.poolSize()));
            opened = true;
            return store;
        } catch (ForeignStoreException | BackendUnavailableException e) {
            throw e;
        } catch (JedisException e) {
            throw trouble.notYet(trouble.explain(e));
        } catch (ProviderException e) {
            throw trouble.notYet(e);
        } finally {
            if (!opened) {
                connections.close();
            }
        }
    }

    /**
     * Connects once, makes or recognizes the store, and checks what the server is configured to keep.
     *
     * @throws ProviderException when the server cannot be reached, or its data or configuration cannot be used
     * @throws JedisException when the server failed meanwhile
     */
    private static RedisStore open(Connections connections, RedisTrouble trouble, RedisSettings settings) {
        KeyLayout layout = new KeyLayout(settings.prefix());
        try (Connection connection =
                connections.borrow(System.nanoTime() + settings.callTimeout().toNanos())) {
            ServerConfiguration.read(connection).check(settings.durability());
            List<?> time = (List<?>) connection.executeCommand(new CommandArguments(Protocol.Command.TIME));
            long offset = ScriptRunner.clockOffset(time.get(0), time.get(1));
            UUID id = recognize(connection, layout, settings);
            connections.succeeded();
            return new RedisStore(
                    new StoreIdentity(id, settings.durability()),
                    layout,
                    new ScriptRunner(connections, trouble, settings, id.toString(), offset),
                    connections);
        }
    }

    private static UUID recognize(Connection connection, KeyLayout layout, RedisSettings settings) {
        List<Object> reply = ScriptRunner.evaluate(
                connection,
                Script.OPEN,
                List.of(layout.store()),
                List.of(
                        KeyLayout.bytes(KeyLayout.APPLICATION),
                        number(KeyLayout.VERSION),
                        KeyLayout.bytes(UUID.randomUUID().toString())));
        String where = "the key " + settings.prefix() + ":store of the Redis server " + settings.address();
        if (ScriptRunner.text(reply.get(0)).equals("foreign")) {
            throw new ForeignStoreException(
                    where + " is not a Patchbay state store's; choose another prefix. Nothing was changed");
        }
        String version = ScriptRunner.text(reply.get(1));
        if (!version.equals(Integer.toString(KeyLayout.VERSION))) {
            throw new ForeignStoreException(where + " has layout version "
                    + version.substring(0, Math.min(20, version.length())) + ", this bundle knows " + KeyLayout.VERSION
                    + "; use the Patchbay version that wrote it. Nothing was changed");
        }
        try {
            return UUID.fromString(ScriptRunner.text(reply.get(2)));
        } catch (IllegalArgumentException e) {
            throw new ForeignStoreException(where + " has lost its store id; restore a backup. Nothing was changed");
        }
    }

    StoreIdentity identity() {
        return identity;
    }

    ProviderHealth health() {
        return connections
                .lastFailure()
                .map(reason -> new ProviderHealth(ProviderHealth.Status.DOWN, reason))
                .orElse(ProviderHealth.UP);
    }

    Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        List<String> wanted = List.copyOf(keys);
        List<Object> reply = scripts.read(
                Script.VALUES,
                List.of(layout.store(), layout.values(scope)),
                wanted.stream().map(KeyLayout::bytes).toList());
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            if (reply.get(i + 1) instanceof byte[]) {
                found.put(wanted.get(i), ScriptRunner.text(reply.get(i + 1)));
            }
        }
        return Map.copyOf(found);
    }

    void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        if (entries.isEmpty()) {
            return;
        }
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(number(quota.maxKeys()));
        arguments.add(number(quota.maxBytes()));
        arguments.add(number(scope.tenantId()));
        entries.forEach((key, value) -> {
            arguments.add(KeyLayout.bytes(key));
            arguments.add(KeyLayout.bytes(value));
        });
        List<Object> reply = scripts.write(Script.PUT, keysOf(scope), arguments);
        switch (ScriptRunner.text(reply.get(0))) {
            case "keys" -> throw new QuotaExceededException(QuotaExceededException.Unit.KEYS, quota.maxKeys());
            case "bytes" -> throw new QuotaExceededException(QuotaExceededException.Unit.BYTES, quota.maxBytes());
            default -> {}
        }
    }

    void removeMany(StateScope scope, Collection<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(number(scope.tenantId()));
        keys.forEach(key -> arguments.add(KeyLayout.bytes(key)));
        scripts.write(Script.REMOVE, keysOf(scope), arguments);
    }

    private List<byte[]> keysOf(StateScope scope) {
        return List.of(layout.store(), layout.values(scope), layout.names(scope), layout.usage(scope.pluginId()));
    }

    StateUsage usage(StateScope scope) {
        List<Object> reply = scripts.read(
                Script.USAGE,
                List.of(layout.store(), layout.values(scope), layout.usage(scope.pluginId())),
                List.of(number(scope.tenantId())));
        return new StateUsage((Long) reply.get(1), Long.parseLong(ScriptRunner.text(reply.get(2))));
    }

    List<StateScope> scopes(String pluginId) {
        List<Object> reply = scripts.read(Script.SCOPES, List.of(layout.store(), layout.usage(pluginId)), List.of());
        return reply.stream()
                .skip(1)
                .map(tenant -> new StateScope(pluginId, Integer.parseInt(ScriptRunner.text(tenant))))
                .sorted(Comparator.comparingInt(StateScope::tenantId))
                .toList();
    }

    List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        List<Object> reply = scripts.read(
                Script.ENTRIES,
                List.of(layout.store(), layout.values(scope), layout.names(scope)),
                List.of(KeyLayout.bytes(afterKey.map(key -> "(" + key).orElse("-")), number(limit)));
        List<StateEntry> found = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 2) {
            found.add(new StateEntry(ScriptRunner.text(reply.get(i)), ScriptRunner.text(reply.get(i + 1))));
        }
        return List.copyOf(found);
    }

    void purge(String pluginId) {
        scripts.write(
                Script.PURGE,
                List.of(layout.store(), layout.usage(pluginId)),
                List.of(KeyLayout.bytes(layout.valuesOf(pluginId)), KeyLayout.bytes(layout.namesOf(pluginId))));
    }

    /** Closes every connection. */
    @Override
    public void close() {
        connections.close();
    }

    private static byte[] number(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
