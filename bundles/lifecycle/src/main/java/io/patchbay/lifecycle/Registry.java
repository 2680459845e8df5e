// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.MigrationRecord;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.StoreIdentity;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The durable record of this node: one transaction per change, on the medium before the method returns (write-ahead log,
 * {@code synchronous=FULL}). Thread-safe: one connection, one lock.
 */
final class Registry implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final DescriptorJson json = new DescriptorJson();
    private final ReentrantLock lock = new ReentrantLock();

    private Registry(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Opens the registry for reading and writing, made when it is missing. */
    static Registry open(Path file) throws RegistryException {
        return new Registry(file, RegistryFile.open(file));
    }

    /** Opens an existing registry that cannot be written. */
    static Registry openReadOnly(Path file) throws RegistryException {
        return new Registry(file, RegistryFile.openReadOnly(file));
    }

    /** A piece of work inside one transaction. */
    private interface Work<T> {
        T run() throws SQLException, RegistryException;
    }

    /** Reads a descriptor out of an archived artifact, for rows that another version of us wrote. */
    interface ArchivedDescriptor {
        PluginDescriptor read(String archive) throws RegistryException;
    }

    /** Everything that is recorded, by plugin. */
    Map<String, PluginRecord> plugins(ArchivedDescriptor archived) throws RegistryException {
        return transaction(() -> {
            Map<String, PluginRecord> plugins = new TreeMap<>();
            try (PreparedStatement query = connection.prepareStatement(
                            "SELECT id, enabled, disabled_why, newest, serving FROM plugins");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String id = rows.getString(1);
                    String serving = rows.getString(5);
                    ReleaseRecord newest = release(id, rows.getString(4), archived);
                    Optional<ReleaseRecord> served = Optional.empty();
                    if (serving != null) {
                        served = Optional.of(serving.equals(newest.digest()) ? newest : release(id, serving, archived));
                    }
                    plugins.put(
                            id,
                            new PluginRecord(
                                    id, rows.getInt(2) != 0, rows.getString(3), newest, served, decisions(id)));
                }
            }
            return plugins;
        });
    }

    private ReleaseRecord release(String plugin, String digest, ArchivedDescriptor archived)
            throws SQLException, RegistryException {
        try (PreparedStatement query = connection.prepareStatement("SELECT archive, size, development, installed_at,"
                + " installed_by, descriptor FROM releases WHERE plugin = ? AND digest = ?")) {
            query.setString(1, plugin);
            query.setString(2, digest);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new RegistryException("registry " + Texts.quoted(file) + " is damaged (release "
                            + Texts.digest(digest) + " of plugin " + Texts.quoted(plugin)
                            + " is not there); it was left as it is: restore a backup");
                }
                String archive = row.getString(1);
                Optional<PluginDescriptor> descriptor = json.read(row.getString(6));
                return new ReleaseRecord(
                        digest,
                        archive,
                        row.getLong(2),
                        row.getInt(3) != 0,
                        row.getString(4),
                        row.getString(5),
                        descriptor.isPresent() ? descriptor.get() : archived.read(archive));
            }
        }
    }

    private Map<MethodKey, Decision> decisions(String plugin) throws SQLException, RegistryException {
        Map<MethodKey, Decision> decisions = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT service, method, resources, granted,"
                + " decided_by, decided_at, digest FROM decisions WHERE plugin = ?")) {
            query.setString(1, plugin);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    MethodKey key = new MethodKey(rows.getString(1), rows.getString(2));
                    decisions.put(
                            key,
                            new Decision(
                                    key,
                                    json.readStrings(rows.getString(3)),
                                    rows.getInt(4) != 0,
                                    rows.getString(5),
                                    rows.getString(6),
                                    rows.getString(7)));
                }
            }
        }
        return decisions;
    }

    /** Every archive that some release needs, relative to the data folder. */
    Set<String> archives() throws RegistryException {
        return transaction(() -> {
            Set<String> archives = new HashSet<>();
            try (PreparedStatement query = connection.prepareStatement("SELECT archive FROM releases");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    archives.add(rows.getString(1));
                }
            }
            return archives;
        });
    }

    /** Whether this very artifact is recorded for the plugin, as whichever release. */
    boolean knows(String plugin, String digest) throws RegistryException {
        return transaction(() -> {
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT 1 FROM releases WHERE plugin = ? AND digest = ?")) {
                query.setString(1, plugin);
                query.setString(2, digest);
                try (ResultSet row = query.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /** Records a plugin as it is to be from now on: its row, its releases and its decisions, all or nothing. */
    void save(PluginRecord plugin) throws RegistryException {
        transaction(() -> {
            try (PreparedStatement row = connection.prepareStatement("INSERT INTO plugins"
                    + " (id, enabled, disabled_why, newest, serving) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (id) DO UPDATE SET enabled = excluded.enabled,"
                    + " disabled_why = excluded.disabled_why, newest = excluded.newest, serving = excluded.serving")) {
                row.setString(1, plugin.id());
                row.setInt(2, plugin.enabled() ? 1 : 0);
                row.setString(3, plugin.disabledWhy());
                row.setString(4, plugin.newest().digest());
                row.setString(5, plugin.serving().map(ReleaseRecord::digest).orElse(null));
                row.executeUpdate();
            }
            saveRelease(plugin.id(), plugin.newest());
            for (Decision decision : plugin.decisions().values()) {
                saveDecision(plugin.id(), decision);
            }
            return plugin;
        });
    }

    /**
     * Forgets the development releases of one version that neither serve nor are the newest: each rebuild replaces them.
     *
     * @return their archives, which nobody needs any more
     */
    List<String> forgetReplaced(PluginRecord plugin) throws RegistryException {
        return transaction(() -> {
            List<String> archives = new ArrayList<>();
            try (PreparedStatement gone = connection.prepareStatement("DELETE FROM releases WHERE plugin = ?1"
                    + " AND development = 1 AND version = ?2 AND digest NOT IN"
                    + " (SELECT newest FROM plugins WHERE id = ?1"
                    + " UNION SELECT serving FROM plugins WHERE id = ?1 AND serving IS NOT NULL) RETURNING archive")) {
                gone.setString(1, plugin.id());
                gone.setString(2, plugin.newest().descriptor().version());
                try (ResultSet rows = gone.executeQuery()) {
                    while (rows.next()) {
                        archives.add(rows.getString(1));
                    }
                }
            }
            return archives;
        });
    }

    private void saveRelease(String plugin, ReleaseRecord release) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO releases (plugin, digest, version,"
                + " archive, size, development, installed_at, installed_by, descriptor)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (plugin, digest) DO UPDATE SET"
                + " development = excluded.development, installed_at = excluded.installed_at,"
                + " installed_by = excluded.installed_by")) {
            row.setString(1, plugin);
            row.setString(2, release.digest());
            row.setString(3, release.descriptor().version());
            row.setString(4, release.archive());
            row.setLong(5, release.sizeBytes());
            row.setInt(6, release.development() ? 1 : 0);
            row.setString(7, release.at());
            row.setString(8, release.by());
            row.setString(9, json.write(release.descriptor()));
            row.executeUpdate();
        }
    }

    private void saveDecision(String plugin, Decision decision) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT OR REPLACE INTO decisions (plugin, service,"
                + " method, resources, granted, decided_by, decided_at, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            row.setString(1, plugin);
            row.setString(2, decision.key().service());
            row.setString(3, decision.key().method());
            row.setString(4, json.writeStrings(decision.resources()));
            row.setInt(5, decision.granted() ? 1 : 0);
            row.setString(6, decision.by());
            row.setString(7, decision.at());
            row.setString(8, decision.digest());
            row.executeUpdate();
        }
    }

    /** Every recorded owner, by kind and plugin. */
    Map<OwnerKey, StoreOwner> owners() throws RegistryException {
        return transaction(() -> {
            Map<OwnerKey, StoreOwner> owners = new TreeMap<>();
            try (PreparedStatement query = connection.prepareStatement(
                            "SELECT kind, plugin, store, durability, provider FROM owners");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    owners.put(new OwnerKey(rows.getString(1), rows.getString(2)), owner(rows, 3));
                }
            } catch (IllegalArgumentException damaged) {
                throw new RegistryException(
                        "registry " + Texts.quoted(file) + " holds an owner that does not parse: "
                                + Texts.reason(damaged) + "; it was left as it is: restore a backup",
                        damaged);
            }
            return owners;
        });
    }

    /** Reads store, durability and provider from three columns, of which the first is given. */
    private static StoreOwner owner(ResultSet row, int first) throws SQLException {
        return new StoreOwner(
                new StoreIdentity(UUID.fromString(row.getString(first)), Durability.valueOf(row.getString(first + 1))),
                row.getString(first + 2));
    }

    /** Records an owner, replacing the one that is there. */
    void saveOwner(OwnerKey key, StoreOwner owner) throws RegistryException {
        transaction(() -> {
            try (PreparedStatement row = connection.prepareStatement("INSERT OR REPLACE INTO owners"
                    + " (kind, plugin, store, durability, provider, recorded_at) VALUES (?, ?, ?, ?, ?, ?)")) {
                row.setString(1, key.kind());
                row.setString(2, key.pluginId());
                setOwner(row, 3, owner);
                row.setString(6, Instant.now().toString());
                row.executeUpdate();
            }
            return owner;
        });
    }

    /** Every move that was recorded, by id. */
    List<MigrationRecord> migrations() throws RegistryException {
        return transaction(() -> {
            List<MigrationRecord> migrations = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("SELECT id, kind, plugin, source_store,"
                            + " source_durability, source_provider, target_store, target_durability, target_provider,"
                            + " mode, overwrite, phase, keys, bytes, digest, took_ms, held_ms, detail, actor,"
                            + " started_at, changed_at FROM migrations ORDER BY id");
                    ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    migrations.add(migration(rows));
                }
            } catch (IllegalArgumentException | DateTimeParseException damaged) {
                throw new RegistryException(
                        "registry " + Texts.quoted(file) + " holds a move that does not parse: " + Texts.reason(damaged)
                                + "; it was left as it is: restore a backup",
                        damaged);
            }
            return List.copyOf(migrations);
        });
    }

    private static MigrationRecord migration(ResultSet row) throws SQLException {
        return new MigrationRecord(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                owner(row, 4),
                owner(row, 7),
                MigrationRecord.Mode.valueOf(row.getString(10)),
                row.getInt(11) != 0,
                MigrationRecord.Phase.valueOf(row.getString(12)),
                row.getLong(13),
                row.getLong(14),
                row.getString(15),
                row.getLong(16),
                row.getLong(17),
                row.getString(18),
                row.getString(19),
                Instant.parse(row.getString(20)),
                Instant.parse(row.getString(21)));
    }

    /** Records a move, replacing the record of the same id. */
    void saveMigration(MigrationRecord record) throws RegistryException {
        transaction(() -> {
            try (PreparedStatement row = connection.prepareStatement(
                    "INSERT OR REPLACE INTO migrations (id, kind,"
                            + " plugin, source_store, source_durability, source_provider, target_store, target_durability,"
                            + " target_provider, mode, overwrite, phase, keys, bytes, digest, took_ms, held_ms, detail, actor,"
                            + " started_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                row.setLong(1, record.id());
                row.setString(2, record.kind());
                row.setString(3, record.pluginId());
                setOwner(row, 4, record.source());
                setOwner(row, 7, record.target());
                row.setString(10, record.mode().name());
                row.setInt(11, record.overwrite() ? 1 : 0);
                row.setString(12, record.phase().name());
                row.setLong(13, record.keys());
                row.setLong(14, record.bytes());
                row.setString(15, record.digest());
                row.setLong(16, record.tookMillis());
                row.setLong(17, record.heldMillis());
                row.setString(18, record.detail());
                row.setString(19, record.actor());
                row.setString(20, record.startedAt().toString());
                row.setString(21, record.changedAt().toString());
                row.executeUpdate();
            }
            return record;
        });
    }

    private static void setOwner(PreparedStatement row, int first, StoreOwner owner) throws SQLException {
        row.setString(first, owner.store().id().toString());
        row.setString(first + 1, owner.store().durability().name());
        row.setString(first + 2, owner.providerName());
    }

    private <T> T transaction(Work<T> work) throws RegistryException {
        lock.lock();
        try {
            execute("BEGIN");
            T result = work.run();
            execute("COMMIT");
            return result;
        } catch (SQLException failure) {
            RegistryException refusal = RegistryFile.failed(file, failure);
            rollback(refusal);
            throw refusal;
        } catch (RegistryException | RuntimeException failure) {
            rollback(failure);
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    // Transactions are our own statements: after a full disk SQLite has rolled back by itself, and the driver's own
    // bookkeeping would then refuse every later transaction.
    private void execute(String statement) throws SQLException {
        try (Statement step = connection.createStatement()) {
            step.execute(statement);
        }
    }

    private void rollback(Exception cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException noTransactionLeft) {
            cause.addSuppressed(noTransactionLeft);
        }
    }

    /** Merges the journal into the file and closes it. Idempotent. */
    @Override
    public void close() throws RegistryException {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException failure) {
            throw RegistryFile.failed(file, failure);
        } finally {
            lock.unlock();
        }
    }
}
