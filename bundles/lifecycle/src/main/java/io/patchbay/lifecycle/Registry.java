// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.MigrationRecord;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.StoreOwner;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The durable record of this node: one transaction per change, on the medium before the method returns. Thread-safe. */
final class Registry implements AutoCloseable {
    private final RegistryConnection store;
    private final PluginRows rows;

    private Registry(Path file, Connection connection) {
        this.store = new RegistryConnection(file, connection);
        this.rows = new PluginRows(file);
    }

    /** Opens the registry for reading and writing, made when it is missing, brought up to this version when it is older. */
    static Registry open(Path file) throws RegistryException {
        return new Registry(file, RegistryFile.open(file));
    }

    /** Opens an existing registry that cannot be written. */
    static Registry openReadOnly(Path file) throws RegistryException {
        return new Registry(file, RegistryFile.openReadOnly(file));
    }

    /** Reads a descriptor out of an archived artifact, for rows that another version of us wrote. */
    interface ArchivedDescriptor {
        PluginDescriptor read(String archive) throws RegistryException;
    }

    /** Everything that is recorded, by plugin. */
    Map<String, PluginRecord> plugins(ArchivedDescriptor archived) throws RegistryException {
        return store.transaction(connection -> rows.plugins(connection, archived));
    }

    /** Every release of a plugin, in no particular order. */
    List<ReleaseRecord> releases(String plugin, ArchivedDescriptor archived) throws RegistryException {
        return store.transaction(connection -> rows.releases(connection, plugin, archived));
    }

    /** What was decided of a release when it served last, or was the newest. */
    Map<MethodKey, Decision> decisions(String plugin, String digest) throws RegistryException {
        return store.transaction(connection -> rows.decisions(connection, plugin, digest));
    }

    /** Every archive that some release needs, relative to the data folder. */
    Set<String> archives() throws RegistryException {
        return store.transaction(PluginRows::archives);
    }

    /** Whether this very artifact is recorded for the plugin, as whichever release. */
    boolean knows(String plugin, String digest) throws RegistryException {
        return store.transaction(connection -> PluginRows.knows(connection, plugin, digest));
    }

    /** Records a plugin as it is to be from now on: its row, its releases, decisions and tenants, all or nothing. */
    void save(PluginRecord plugin, AuditLine line) throws RegistryException {
        store.transaction(connection -> {
            rows.save(connection, plugin);
            note(connection, line);
            return plugin;
        });
    }

    /** Records a plugin of which grants were taken back: from its archived releases as well. */
    void saveTakenBack(PluginRecord plugin, Collection<Decision> takenBack, AuditLine line) throws RegistryException {
        store.transaction(connection -> {
            rows.save(connection, plugin);
            rows.takeBack(connection, plugin.id(), takenBack);
            note(connection, line);
            return plugin;
        });
    }

    /** Forgets a plugin; who owns its state stays recorded. With a purge, that is to be carried out is recorded too. */
    void remove(String plugin, Optional<PurgeRecord> purge, AuditLine line) throws RegistryException {
        store.transaction(connection -> {
            PluginRows.remove(connection, plugin);
            if (purge.isPresent()) {
                save(connection, purge.get());
            }
            note(connection, line);
            return plugin;
        });
    }

    /**
     * Forgets the development releases of one version that neither serve nor are the newest: each rebuild replaces them.
     *
     * @return what nobody needs any more
     */
    List<PluginRows.ReleaseKey> forgetReplaced(PluginRecord plugin) throws RegistryException {
        return store.transaction(connection -> PluginRows.forgetReplaced(connection, plugin));
    }

    /** The purges that are not finished, by plugin. */
    Map<String, PurgeRecord> purges() throws RegistryException {
        return store.transaction(connection -> {
            Map<String, PurgeRecord> purges = new TreeMap<>();
            try (PreparedStatement query =
                            connection.prepareStatement("SELECT plugin, asked_by, asked_at FROM purges");
                    ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    purges.put(
                            found.getString(1),
                            new PurgeRecord(found.getString(1), found.getString(2), found.getString(3)));
                }
            }
            return purges;
        });
    }

    /** Records a purge of what a plugin left that is not installed any more. */
    void savePurge(PurgeRecord purge, AuditLine line) throws RegistryException {
        store.transaction(connection -> {
            save(connection, purge);
            note(connection, line);
            return purge;
        });
    }

    private static void save(Connection connection, PurgeRecord purge) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement(
                "INSERT OR REPLACE INTO purges (plugin, asked_by, asked_at) VALUES (?, ?, ?)")) {
            row.setString(1, purge.pluginId());
            row.setString(2, purge.by());
            row.setString(3, purge.at());
            row.executeUpdate();
        }
    }

    /** Records that a purge is finished. */
    void purged(String plugin, AuditLine line) throws RegistryException {
        store.transaction(connection -> {
            try (PreparedStatement gone = connection.prepareStatement("DELETE FROM purges WHERE plugin = ?")) {
                gone.setString(1, plugin);
                gone.executeUpdate();
            }
            note(connection, line);
            return plugin;
        });
    }

    /** The lines of the audit trail that may not be appended yet, by number. */
    Map<Long, String> outbox() throws RegistryException {
        return store.transaction(connection -> {
            Map<Long, String> lines = new TreeMap<>();
            try (PreparedStatement query = connection.prepareStatement("SELECT sequence, line FROM outbox");
                    ResultSet found = query.executeQuery()) {
                while (found.next()) {
                    lines.put(found.getLong(1), found.getString(2));
                }
            }
            return lines;
        });
    }

    /** Forgets the lines of the audit trail that may not be appended yet. */
    void clearOutbox() throws RegistryException {
        store.transaction(connection -> {
            try (PreparedStatement gone = connection.prepareStatement("DELETE FROM outbox")) {
                return gone.executeUpdate();
            }
        });
    }

    /** Copies the registry as it is now into a file that is not there. */
    void copyTo(Path target) throws RegistryException {
        store.copyTo(target);
    }

    /** The line of a change goes into its transaction; lines that are in the trail by now go out. */
    private static void note(Connection connection, AuditLine line) throws SQLException {
        try (PreparedStatement gone = connection.prepareStatement("DELETE FROM outbox WHERE sequence <= ?")) {
            gone.setLong(1, line.appended());
            gone.executeUpdate();
        }
        try (PreparedStatement row =
                connection.prepareStatement("INSERT OR REPLACE INTO outbox (sequence, line) VALUES (?, ?)")) {
            row.setLong(1, line.sequence());
            row.setString(2, line.text());
            row.executeUpdate();
        }
    }

    /** Every recorded owner, by kind and plugin. */
    Map<OwnerKey, StoreOwner> owners() throws RegistryException {
        return store.transaction(connection -> {
            try {
                return OwnerRows.owners(connection);
            } catch (IllegalArgumentException damaged) {
                throw unparsed("an owner", damaged);
            }
        });
    }

    /** Records an owner, replacing the one that is there. */
    void saveOwner(OwnerKey key, StoreOwner owner) throws RegistryException {
        store.transaction(connection -> {
            OwnerRows.save(connection, key, owner);
            return owner;
        });
    }

    /** Forgets an owner, if there is one. */
    void forgetOwner(OwnerKey key) throws RegistryException {
        store.transaction(connection -> {
            OwnerRows.forget(connection, key);
            return key;
        });
    }

    /** Every move that was recorded, by id. */
    List<MigrationRecord> migrations() throws RegistryException {
        return store.transaction(connection -> {
            try {
                return OwnerRows.moves(connection);
            } catch (IllegalArgumentException | DateTimeParseException damaged) {
                throw unparsed("a move", damaged);
            }
        });
    }

    /** Records a move, replacing the record of the same id. */
    void saveMigration(MigrationRecord record) throws RegistryException {
        store.transaction(connection -> {
            OwnerRows.save(connection, record);
            return record;
        });
    }

    private RegistryException unparsed(String what, RuntimeException damaged) {
        return new RegistryException(
                "registry " + Texts.quoted(store.file()) + " holds " + what + " that does not parse: "
                        + Texts.reason(damaged) + "; it was left as it is: restore a backup",
                damaged);
    }

    /** Merges the journal into the file and closes it. Idempotent. */
    @Override
    public void close() throws RegistryException {
        store.close();
    }
}
