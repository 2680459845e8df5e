// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * An open store: one writer, several readers, a cache. Thread-safe; closed once, after which every call fails.
 *
 * <p>A batch is read in one read transaction, so it never sees half of a write.
 */
final class SqliteStore implements AutoCloseable {
    private final StoreFile file;
    private final StoreIdentity identity;
    private final StateWriter writer;
    private final ReaderPool readers;
    private final ValueCache cache;
    private volatile ProviderHealth health = ProviderHealth.UP;

    private SqliteStore(StoreFile file, UUID id, Connection connection, long cacheBytes) throws SQLException {
        this.file = file;
        identity = new StoreIdentity(id, file.durability());
        cache = new ValueCache(cacheBytes);
        readers = new ReaderPool(file);
        writer = new StateWriter(file, connection, this::publish);
    }

    /**
     * Opens the store and makes it when the file is not there.
     *
     * @param path the file; its folder exists
     * @param durability what an acknowledgement promises
     * @param cacheBytes the cache's size, 0 for none
     * @throws ProviderException when it cannot be opened; an existing file is left as it is
     */
    static SqliteStore open(Path path, Durability durability, long cacheBytes) {
        StoreFile file = new StoreFile(path, durability);
        try {
            makePrivate(path);
            SqliteDriver.load();
            Connection connection = file.connect(true);
            try {
                SqliteStore store =
                        new SqliteStore(file, file.prepare(connection), connection, Math.max(0, cacheBytes));
                store.readers.fill();
                store.writer.start();
                return store;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw file.explain(e);
        } catch (IOException e) {
            throw new ProviderException(
                    "cannot make the state store " + path + ": check the folder's owner and mode", e);
        }
    }

    private static void makePrivate(Path path) throws IOException {
        if (!Files.exists(path)
                && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    StoreIdentity identity() {
        return identity;
    }

    ProviderHealth health() {
        return health;
    }

    Optional<String> get(StateScope scope, String key) {
        return cache.get(
                scope, key, missing -> readers.read(reader -> Optional.ofNullable(reader.value(scope, missing))));
    }

    Map<String, String> getMany(StateScope scope, Collection<String> keys) {
        return readers.read(reader -> {
            Map<String, String> found = new HashMap<>();
            reader.begin();
            try {
                for (String key : keys) {
                    String value = reader.value(scope, key);
                    if (value != null) {
                        found.put(key, value);
                    }
                }
            } finally {
                reader.end();
            }
            return found;
        });
    }

    void putMany(StateScope scope, Map<String, String> entries, StateQuota quota) throws QuotaExceededException {
        if (entries.isEmpty()) {
            return;
        }
        Optional<QuotaExceededException> refused =
                write(new WriteOperation.Put(scope, Map.copyOf(entries), quota, new CompletableFuture<>()));
        if (refused.isPresent()) {
            throw refused.get();
        }
    }

    void removeMany(StateScope scope, Collection<String> keys) {
        if (!keys.isEmpty()) {
            write(new WriteOperation.Remove(scope, List.copyOf(keys), new CompletableFuture<>()));
        }
    }

    void purge(String pluginId) {
        write(new WriteOperation.Purge(pluginId, new CompletableFuture<>()));
    }

    private Optional<QuotaExceededException> write(WriteOperation operation) {
        try {
            Optional<QuotaExceededException> outcome = writer.write(operation);
            health = ProviderHealth.UP;
            return outcome;
        } catch (ProviderException e) {
            health = new ProviderHealth(ProviderHealth.Status.DEGRADED, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /** Runs on the writer's thread, between commit and acknowledgement. */
    private void publish(WriteOperation operation) {
        if (operation instanceof WriteOperation.Put put) {
            cache.written(put.scope(), put.entries());
        } else if (operation instanceof WriteOperation.Remove remove) {
            cache.removed(remove.scope(), remove.keys());
        } else {
            cache.clear();
        }
    }

    StateUsage usage(StateScope scope) {
        return readers.read(reader -> reader.usage(scope));
    }

    List<StateScope> scopes(String pluginId) {
        return readers.read(reader -> reader.scopes(pluginId));
    }

    List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) {
        return readers.read(reader -> reader.entries(scope, afterKey, limit));
    }

    /** Copies the store as it is at one moment, on a connection of its own; readers and writer go on. */
    void copyTo(Path target) {
        try (Connection connection = file.connect(true);
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, target.toString());
            copy.execute();
        } catch (SQLException e) {
            throw file.explain(e);
        }
    }

    @Override
    public void close() {
        try {
            readers.close();
        } finally {
            try {
                writer.close();
            } finally {
                forgetDriver();
            }
        }
    }

    private static void forgetDriver() {
        try {
            SqliteDriver.forget();
        } catch (SQLException e) {
            throw new ProviderException("the SQLite driver cannot be deregistered", e);
        }
    }
}
