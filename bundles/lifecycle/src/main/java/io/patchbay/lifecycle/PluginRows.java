// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.InstallMode;
import io.patchbay.lifecycle.Registry.ArchivedDescriptor;
import io.patchbay.port.PluginDescriptor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rows of plugins, their releases, decisions and tenants. Each method works in its caller's transaction. */
final class PluginRows {
    private static final String RELEASE_COLUMNS =
            "digest, archive, size, development, installed_at, installed_by, served_since, descriptor";
    private static final String DECISION_COLUMNS =
            "service, method, resources, granted, decided_by, decided_at, by_policy";

    private final Path file;
    private final DescriptorJson json = new DescriptorJson();

    PluginRows(Path file) {
        this.file = file;
    }

    /** Everything that is recorded, by plugin. */
    Map<String, PluginRecord> plugins(Connection connection, ArchivedDescriptor archived)
            throws SQLException, RegistryException {
        Map<String, PluginRecord> plugins = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT id, enabled, fresh, disabled_why, way_in,"
                        + " install_mode, newest, serving FROM plugins");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                String id = rows.getString(1);
                String serving = rows.getString(8);
                ReleaseRecord newest = release(connection, id, rows.getString(7), archived);
                Optional<ReleaseRecord> served = Optional.empty();
                if (serving != null) {
                    served = Optional.of(
                            serving.equals(newest.digest()) ? newest : release(connection, id, serving, archived));
                }
                plugins.put(
                        id,
                        new PluginRecord(
                                id,
                                activation(rows.getInt(2) != 0, rows.getInt(3) != 0),
                                rows.getString(4),
                                rows.getString(5),
                                new Tenancy(mode(id, rows.getString(6)), tenants(connection, id)),
                                newest,
                                served,
                                decisions(connection, id)));
            }
        }
        return plugins;
    }

    private static Activation activation(boolean enabled, boolean fresh) {
        if (enabled) {
            return Activation.ENABLED;
        }
        return fresh ? Activation.NEW : Activation.DISABLED;
    }

    private InstallMode mode(String plugin, String word) throws RegistryException {
        return InstallMode.of(word)
                .orElseThrow(() -> damaged(
                        "install mode " + Texts.quoted(word) + " of plugin " + Texts.quoted(plugin) + " is none"));
    }

    private RegistryException damaged(String how) {
        return new RegistryException(
                "registry " + Texts.quoted(file) + " is damaged (" + how + "); it was left as it is: restore a backup");
    }

    private ReleaseRecord release(Connection connection, String plugin, String digest, ArchivedDescriptor archived)
            throws SQLException, RegistryException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + RELEASE_COLUMNS + " FROM releases WHERE plugin = ? AND digest = ?")) {
            query.setString(1, plugin);
            query.setString(2, digest);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw damaged(
                            "release " + Texts.digest(digest) + " of plugin " + Texts.quoted(plugin) + " is not there");
                }
                return release(row, archived);
            }
        }
    }

    /** Every release of a plugin, in no particular order. */
    List<ReleaseRecord> releases(Connection connection, String plugin, ArchivedDescriptor archived)
            throws SQLException, RegistryException {
        List<ReleaseRecord> releases = new ArrayList<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT " + RELEASE_COLUMNS + " FROM releases WHERE plugin = ?")) {
            query.setString(1, plugin);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    releases.add(release(rows, archived));
                }
            }
        }
        return releases;
    }

    private ReleaseRecord release(ResultSet row, ArchivedDescriptor archived) throws SQLException, RegistryException {
        String archive = row.getString(2);
        Optional<PluginDescriptor> descriptor = json.read(row.getString(8));
        return new ReleaseRecord(
                row.getString(1),
                archive,
                row.getLong(3),
                row.getInt(4) != 0,
                row.getString(5),
                row.getString(6),
                row.getString(7),
                descriptor.isPresent() ? descriptor.get() : archived.read(archive));
    }

    private SortedMap<Integer, Boolean> tenants(Connection connection, String plugin) throws SQLException {
        SortedMap<Integer, Boolean> tenants = new TreeMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT tenant, enabled FROM tenants WHERE plugin = ?")) {
            query.setString(1, plugin);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    tenants.put(rows.getInt(1), rows.getInt(2) != 0);
                }
            }
        }
        return tenants;
    }

    private Map<MethodKey, Decision> decisions(Connection connection, String plugin)
            throws SQLException, RegistryException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT " + DECISION_COLUMNS + ", digest FROM decisions WHERE plugin = ?")) {
            query.setString(1, plugin);
            return decisions(query);
        }
    }

    /** What was decided of a release when it served last, or was the newest. */
    Map<MethodKey, Decision> decisions(Connection connection, String plugin, String digest)
            throws SQLException, RegistryException {
        try (PreparedStatement query = connection.prepareStatement("SELECT " + DECISION_COLUMNS
                + ", decided_for FROM release_decisions WHERE plugin = ? AND digest = ?")) {
            query.setString(1, plugin);
            query.setString(2, digest);
            return decisions(query);
        }
    }

    private Map<MethodKey, Decision> decisions(PreparedStatement query) throws SQLException, RegistryException {
        Map<MethodKey, Decision> decisions = new TreeMap<>();
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
                                rows.getString(8),
                                rows.getInt(7) != 0));
            }
        }
        return decisions;
    }

    /** Every archive that some release needs, relative to the data folder. */
    static Set<String> archives(Connection connection) throws SQLException {
        Set<String> archives = new HashSet<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT archive FROM releases");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                archives.add(rows.getString(1));
            }
        }
        return archives;
    }

    /** Whether this very artifact is recorded for the plugin, as whichever release. */
    static boolean knows(Connection connection, String plugin, String digest) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM releases WHERE plugin = ? AND digest = ?")) {
            query.setString(1, plugin);
            query.setString(2, digest);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Records a plugin as it is to be from now on. */
    void save(Connection connection, PluginRecord plugin) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO plugins"
                + " (id, enabled, fresh, disabled_why, way_in, install_mode, newest, serving)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET enabled = excluded.enabled,"
                + " fresh = excluded.fresh, disabled_why = excluded.disabled_why, way_in = excluded.way_in,"
                + " install_mode = excluded.install_mode, newest = excluded.newest, serving = excluded.serving")) {
            row.setString(1, plugin.id());
            row.setInt(2, plugin.enabled() ? 1 : 0);
            row.setInt(3, plugin.activation() == Activation.NEW ? 1 : 0);
            row.setString(4, plugin.disabledWhy());
            row.setString(5, plugin.wayIn());
            row.setString(6, plugin.tenancy().mode().word());
            row.setString(7, plugin.newest().digest());
            row.setString(8, plugin.serving().map(ReleaseRecord::digest).orElse(null));
            row.executeUpdate();
        }
        saveRelease(connection, plugin, plugin.newest());
        if (plugin.serving().isPresent() && plugin.pending()) {
            saveRelease(connection, plugin, plugin.serving().get());
        }
        for (Decision decision : plugin.decisions().values()) {
            saveDecision(connection, plugin.id(), decision);
        }
        saveTenants(connection, plugin);
    }

    private void saveRelease(Connection connection, PluginRecord plugin, ReleaseRecord release) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO releases (plugin, version, "
                + RELEASE_COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (plugin, digest) DO UPDATE SET"
                + " development = excluded.development, installed_at = excluded.installed_at,"
                + " installed_by = excluded.installed_by, served_since = excluded.served_since,"
                + " descriptor = excluded.descriptor")) {
            row.setString(1, plugin.id());
            row.setString(2, release.version());
            row.setString(3, release.digest());
            row.setString(4, release.archive());
            row.setLong(5, release.sizeBytes());
            row.setInt(6, release.development() ? 1 : 0);
            row.setString(7, release.at());
            row.setString(8, release.by());
            row.setString(9, release.servedSince());
            row.setString(10, json.write(release.descriptor()));
            row.executeUpdate();
        }
        Set<MethodKey> requested =
                Consent.of(release.descriptor(), plugin.decisions()).requested().keySet();
        for (Decision decision : plugin.decisions().values()) {
            if (requested.contains(decision.key())) {
                saveDecision(connection, plugin.id(), release.digest(), decision);
            }
        }
    }

    private void saveDecision(Connection connection, String plugin, Decision decision) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT OR REPLACE INTO decisions (plugin, digest, "
                + DECISION_COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            row.setString(1, plugin);
            row.setString(2, decision.digest());
            set(row, 3, decision);
            row.executeUpdate();
        }
    }

    private void saveDecision(Connection connection, String plugin, String digest, Decision decision)
            throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT OR REPLACE INTO release_decisions"
                + " (plugin, digest, decided_for, " + DECISION_COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            row.setString(1, plugin);
            row.setString(2, digest);
            row.setString(3, decision.digest());
            set(row, 4, decision);
            row.executeUpdate();
        }
    }

    /** What was granted to archived releases and is taken back now. */
    void takeBack(Connection connection, String plugin, Collection<Decision> takenBack) throws SQLException {
        for (Decision decision : takenBack) {
            try (PreparedStatement change = connection.prepareStatement("UPDATE release_decisions SET granted = 0,"
                    + " decided_by = ?, decided_at = ?, decided_for = ?, by_policy = 0"
                    + " WHERE plugin = ? AND service = ? AND method = ? AND granted = 1")) {
                change.setString(1, decision.by());
                change.setString(2, decision.at());
                change.setString(3, decision.digest());
                change.setString(4, plugin);
                change.setString(5, decision.key().service());
                change.setString(6, decision.key().method());
                change.executeUpdate();
            }
        }
    }

    /** Fills {@link #DECISION_COLUMNS} from the given column on. */
    private void set(PreparedStatement row, int first, Decision decision) throws SQLException {
        row.setString(first, decision.key().service());
        row.setString(first + 1, decision.key().method());
        row.setString(first + 2, json.writeStrings(decision.resources()));
        row.setInt(first + 3, decision.granted() ? 1 : 0);
        row.setString(first + 4, decision.by());
        row.setString(first + 5, decision.at());
        row.setInt(first + 6, decision.byPolicy() ? 1 : 0);
    }

    private static void saveTenants(Connection connection, PluginRecord plugin) throws SQLException {
        delete(connection, "tenants", plugin.id());
        for (Map.Entry<Integer, Boolean> tenant : plugin.tenancy().tenants().entrySet()) {
            try (PreparedStatement row =
                    connection.prepareStatement("INSERT INTO tenants (plugin, tenant, enabled) VALUES (?, ?, ?)")) {
                row.setString(1, plugin.id());
                row.setInt(2, tenant.getKey());
                row.setInt(3, tenant.getValue() ? 1 : 0);
                row.executeUpdate();
            }
        }
    }

    /** Forgets everything about a plugin but who owns its state. */
    static void remove(Connection connection, String plugin) throws SQLException {
        for (String table : List.of("tenants", "release_decisions", "decisions", "releases")) {
            delete(connection, table, plugin);
        }
        try (PreparedStatement gone = connection.prepareStatement("DELETE FROM plugins WHERE id = ?")) {
            gone.setString(1, plugin);
            gone.executeUpdate();
        }
    }

    private static void delete(Connection connection, String table, String plugin) throws SQLException {
        try (PreparedStatement gone = connection.prepareStatement("DELETE FROM " + table + " WHERE plugin = ?")) {
            gone.setString(1, plugin);
            gone.executeUpdate();
        }
    }

    /** Forgets what {@link Registry#forgetReplaced} says. */
    static List<ReleaseKey> forgetReplaced(Connection connection, PluginRecord plugin) throws SQLException {
        List<ReleaseKey> replaced = new ArrayList<>();
        try (PreparedStatement gone = connection.prepareStatement("DELETE FROM releases WHERE plugin = ?1"
                + " AND development = 1 AND version = ?2 AND digest NOT IN"
                + " (SELECT newest FROM plugins WHERE id = ?1"
                + " UNION SELECT serving FROM plugins WHERE id = ?1 AND serving IS NOT NULL)"
                + " RETURNING digest, archive")) {
            gone.setString(1, plugin.id());
            gone.setString(2, plugin.newest().version());
            try (ResultSet rows = gone.executeQuery()) {
                while (rows.next()) {
                    replaced.add(new ReleaseKey(rows.getString(1), rows.getString(2)));
                }
            }
        }
        try (PreparedStatement gone = connection.prepareStatement("DELETE FROM release_decisions WHERE plugin = ?1"
                + " AND digest NOT IN (SELECT digest FROM releases WHERE plugin = ?1)")) {
            gone.setString(1, plugin.id());
            gone.executeUpdate();
        }
        return replaced;
    }

    /**
     * A release that nobody needs any more.
     *
     * @param digest of the artifact
     * @param archive where it lies, relative to the data folder
     */
    record ReleaseKey(String digest, String archive) {}
}
