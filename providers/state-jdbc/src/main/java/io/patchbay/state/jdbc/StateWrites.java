// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The changes to the tables, each inside a transaction of its caller.
 *
 * <p>Whoever changes a scope first locks its row in {@code patchbay_state_usage}. So the writers of one scope, on
 * whatever node, follow each other, the sums are exact, and a commit that comes late is still before the next writer.
 */
final class StateWrites {
    private static final int ATTEMPTS = 5;

    private StateWrites() {}

    /**
     * Writes all entries.
     *
     * @return the quota that stands against it; then nothing was written
     */
    static Optional<QuotaExceededException> put(
            Session session, StateScope scope, Map<String, String> entries, StateQuota quota) throws SQLException {
        Map<Bytes, byte[]> wanted = new HashMap<>();
        entries.forEach((key, value) -> wanted.put(new Bytes(Tables.bytes(key)), Tables.bytes(value)));
        StateUsage before = lockOrMake(session, scope);
        Map<Bytes, Long> old = valueLengths(session, scope, wanted.keySet());
        long keys = before.keys();
        long bytes = before.bytes();
        for (Map.Entry<Bytes, byte[]> entry : wanted.entrySet()) {
            Long length = old.get(entry.getKey());
            if (length == null) {
                keys++;
                bytes += entry.getKey().array().length;
            } else {
                bytes -= length;
            }
            bytes += entry.getValue().length;
        }
        if (keys > quota.maxKeys() && keys > before.keys()) {
            return Optional.of(new QuotaExceededException(QuotaExceededException.Unit.KEYS, quota.maxKeys()));
        }
        if (bytes > quota.maxBytes() && bytes > before.bytes()) {
            return Optional.of(new QuotaExceededException(QuotaExceededException.Unit.BYTES, quota.maxBytes()));
        }
        try (PreparedStatement upsert = session.prepare(session.dialect().upsert())) {
            for (Map.Entry<Bytes, byte[]> entry : wanted.entrySet()) {
                Tables.bindScope(upsert, scope);
                upsert.setBytes(3, entry.getKey().array());
                upsert.setBytes(4, entry.getValue());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        setUsage(session, scope, new StateUsage(keys, bytes));
        return Optional.empty();
    }

    static void remove(Session session, StateScope scope, Collection<String> names) throws SQLException {
        Optional<StateUsage> before = lock(session, scope);
        if (before.isEmpty()) {
            return;
        }
        List<Bytes> wanted =
                names.stream().map(name -> new Bytes(Tables.bytes(name))).toList();
        Map<Bytes, Long> old = valueLengths(session, scope, wanted);
        if (old.isEmpty()) {
            return;
        }
        byte[][] keys = old.keySet().stream().map(Bytes::array).toArray(byte[][]::new);
        try (PreparedStatement delete =
                session.prepare("DELETE FROM patchbay_state_entries" + Tables.SCOPE + Tables.keyIn(keys.length))) {
            Tables.bindScope(delete, scope);
            Tables.bindKeys(delete, 3, keys);
            delete.executeUpdate();
        }
        long bytes = before.get().bytes();
        for (Map.Entry<Bytes, Long> gone : old.entrySet()) {
            bytes -= gone.getKey().array().length + gone.getValue();
        }
        setUsage(session, scope, new StateUsage(before.get().keys() - old.size(), bytes));
    }

    /** Empties the scopes that are there now; one that another node makes meanwhile was written after the purge. */
    static void purge(Session session, String pluginId) throws SQLException {
        List<StateScope> scopes = new ArrayList<>();
        try (PreparedStatement select =
                session.prepare("SELECT tenant FROM patchbay_state_usage WHERE plugin=? ORDER BY tenant FOR UPDATE")) {
            select.setString(1, pluginId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    scopes.add(new StateScope(pluginId, rows.getInt(1)));
                }
            }
        }
        for (StateScope scope : scopes) {
            for (String table : List.of("patchbay_state_entries", "patchbay_state_usage")) {
                try (PreparedStatement delete = session.prepare("DELETE FROM " + table + Tables.SCOPE)) {
                    Tables.bindScope(delete, scope);
                    delete.executeUpdate();
                }
            }
        }
    }

    private static StateUsage lockOrMake(Session session, StateScope scope) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            Optional<StateUsage> usage = lock(session, scope);
            if (usage.isPresent()) {
                return usage.get();
            }
            if (attempt == ATTEMPTS) {
                throw new SQLException("the row of the scope comes and goes", "40001");
            }
            try (PreparedStatement insert = session.prepare(session.dialect().insertUsage())) {
                Tables.bindScope(insert, scope);
                insert.executeUpdate();
            } catch (SQLException e) {
                // Another node was first: its row is there now.
                if (!DatabaseTrouble.isDuplicate(e)) {
                    throw e;
                }
            }
        }
    }

    private static Optional<StateUsage> lock(Session session, StateScope scope) throws SQLException {
        try (PreparedStatement select = session.prepare(
                "SELECT keys_held, bytes_held FROM patchbay_state_usage" + Tables.SCOPE + " FOR UPDATE")) {
            Tables.bindScope(select, scope);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(new StateUsage(row.getLong(1), row.getLong(2))) : Optional.empty();
            }
        }
    }

    private static void setUsage(Session session, StateScope scope, StateUsage usage) throws SQLException {
        try (PreparedStatement update = session.prepare(
                "UPDATE patchbay_state_usage SET keys_held=?, bytes_held=? WHERE plugin=? AND tenant=?")) {
            update.setLong(1, usage.keys());
            update.setLong(2, usage.bytes());
            update.setString(3, scope.pluginId());
            update.setInt(4, scope.tenantId());
            if (update.executeUpdate() != 1) {
                throw new SQLException("the row of the scope is gone although it was locked", "40001");
            }
        }
    }

    private static Map<Bytes, Long> valueLengths(Session session, StateScope scope, Collection<Bytes> keys)
            throws SQLException {
        byte[][] names = keys.stream().map(Bytes::array).toArray(byte[][]::new);
        String sql = "SELECT state_key, OCTET_LENGTH(state_value) FROM patchbay_state_entries" + Tables.SCOPE
                + Tables.keyIn(names.length);
        try (PreparedStatement select = session.prepare(sql)) {
            Tables.bindScope(select, scope);
            Tables.bindKeys(select, 3, names);
            Map<Bytes, Long> lengths = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    lengths.put(new Bytes(rows.getBytes(1)), rows.getLong(2));
                }
            }
            return lengths;
        }
    }

    /** Bytes that are equal when their content is. */
    private static final class Bytes {
        private final byte[] array;

        Bytes(byte[] array) {
            this.array = array;
        }

        byte[] array() {
            return array;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(array);
        }
    }
}
