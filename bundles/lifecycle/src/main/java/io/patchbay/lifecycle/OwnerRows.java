// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.MigrationRecord;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.StoreIdentity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The rows that say which store owns whose data, and what was moved. Each method works in its caller's transaction. */
final class OwnerRows {
    private OwnerRows() {}

    /**
     * Every recorded owner, by kind and plugin.
     *
     * @throws IllegalArgumentException when a row does not parse
     */
    static Map<OwnerKey, StoreOwner> owners(Connection connection) throws SQLException {
        Map<OwnerKey, StoreOwner> owners = new TreeMap<>();
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT kind, plugin, store, durability, provider FROM owners");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                owners.put(new OwnerKey(rows.getString(1), rows.getString(2)), owner(rows, 3));
            }
        }
        return owners;
    }

    /** Reads store, durability and provider from three columns, of which the first is given. */
    private static StoreOwner owner(ResultSet row, int first) throws SQLException {
        return new StoreOwner(
                new StoreIdentity(UUID.fromString(row.getString(first)), Durability.valueOf(row.getString(first + 1))),
                row.getString(first + 2));
    }

    /** Records an owner, replacing the one that is there. */
    static void save(Connection connection, OwnerKey key, StoreOwner owner) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT OR REPLACE INTO owners"
                + " (kind, plugin, store, durability, provider, recorded_at) VALUES (?, ?, ?, ?, ?, ?)")) {
            row.setString(1, key.kind());
            row.setString(2, key.pluginId());
            setOwner(row, 3, owner);
            row.setString(6, Instant.now().toString());
            row.executeUpdate();
        }
    }

    static void forget(Connection connection, OwnerKey key) throws SQLException {
        try (PreparedStatement gone = connection.prepareStatement("DELETE FROM owners WHERE kind = ? AND plugin = ?")) {
            gone.setString(1, key.kind());
            gone.setString(2, key.pluginId());
            gone.executeUpdate();
        }
    }

    /**
     * Every move that was recorded, by id.
     *
     * @throws IllegalArgumentException when a row does not parse
     * @throws java.time.format.DateTimeParseException likewise
     */
    static List<MigrationRecord> moves(Connection connection) throws SQLException {
        List<MigrationRecord> moves = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT id, kind, plugin, source_store,"
                        + " source_durability, source_provider, target_store, target_durability, target_provider,"
                        + " mode, overwrite, phase, keys, bytes, digest, took_ms, held_ms, detail, actor,"
                        + " started_at, changed_at FROM migrations ORDER BY id");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                moves.add(move(rows));
            }
        }
        return List.copyOf(moves);
    }

    private static MigrationRecord move(ResultSet row) throws SQLException {
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
    static void save(Connection connection, MigrationRecord record) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT OR REPLACE INTO migrations (id, kind,"
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
    }

    private static void setOwner(PreparedStatement row, int first, StoreOwner owner) throws SQLException {
        row.setString(first, owner.store().id().toString());
        row.setString(first + 1, owner.store().durability().name());
        row.setString(first + 2, owner.providerName());
    }
}
