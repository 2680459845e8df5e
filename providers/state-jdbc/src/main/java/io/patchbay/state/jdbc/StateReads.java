// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The questions to the tables; each is one statement and so sees one moment of the database. */
final class StateReads {
    private StateReads() {}

    static Map<String, String> values(Session session, StateScope scope, Collection<String> keys) throws SQLException {
        byte[][] names = keys.stream().map(Tables::bytes).toArray(byte[][]::new);
        String sql =
                "SELECT state_key, state_value FROM patchbay_state_entries" + Tables.SCOPE + Tables.keyIn(names.length);
        try (PreparedStatement select = session.prepare(sql)) {
            Tables.bindScope(select, scope);
            Tables.bindKeys(select, 3, names);
            Map<String, String> found = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.put(Tables.text(rows, 1), Tables.text(rows, 2));
                }
            }
            return Map.copyOf(found);
        }
    }

    static StateUsage usage(Session session, StateScope scope) throws SQLException {
        try (PreparedStatement select =
                session.prepare("SELECT keys_held, bytes_held FROM patchbay_state_usage" + Tables.SCOPE)) {
            Tables.bindScope(select, scope);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? new StateUsage(row.getLong(1), row.getLong(2)) : StateUsage.EMPTY;
            }
        }
    }

    static List<StateScope> scopes(Session session, String pluginId) throws SQLException {
        try (PreparedStatement select = session.prepare(
                "SELECT tenant FROM patchbay_state_usage WHERE plugin=? AND keys_held>0 ORDER BY tenant")) {
            select.setString(1, pluginId);
            List<StateScope> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new StateScope(pluginId, rows.getInt(1)));
                }
            }
            return List.copyOf(found);
        }
    }

    static List<StateEntry> entries(Session session, StateScope scope, Optional<String> afterKey, int limit)
            throws SQLException {
        String sql = "SELECT state_key, state_value FROM patchbay_state_entries" + Tables.SCOPE
                + (afterKey.isPresent() ? " AND state_key>?" : "") + " ORDER BY state_key LIMIT ?";
        try (PreparedStatement select = session.prepare(sql)) {
            Tables.bindScope(select, scope);
            int next = 3;
            if (afterKey.isPresent()) {
                select.setBytes(next++, Tables.bytes(afterKey.get()));
            }
            select.setInt(next, limit);
            List<StateEntry> found = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(new StateEntry(Tables.text(rows, 1), Tables.text(rows, 2)));
                }
            }
            return List.copyOf(found);
        }
    }
}
