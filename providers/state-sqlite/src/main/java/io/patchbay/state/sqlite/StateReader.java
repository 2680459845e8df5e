// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One reading connection with its prepared statements. Used by one thread at a time. */
final class StateReader implements AutoCloseable {
    /** No plugin's id. */
    private static final String NOBODY = "-";

    private final Connection connection;
    private final Transaction transaction;
    private final PreparedStatement value;
    private final PreparedStatement usage;
    private final PreparedStatement scopes;
    private final PreparedStatement first;
    private final PreparedStatement after;

    StateReader(Connection connection) throws SQLException {
        this.connection = connection;
        transaction = new Transaction(connection);
        value = connection.prepareStatement("SELECT value FROM entries WHERE plugin=? AND tenant=? AND key=?");
        usage = connection.prepareStatement("SELECT keys, bytes FROM usage WHERE plugin=? AND tenant=?");
        scopes = connection.prepareStatement("SELECT tenant FROM usage WHERE plugin=? AND keys>0 ORDER BY tenant");
        first = connection.prepareStatement(
                "SELECT key, value FROM entries WHERE plugin=? AND tenant=? ORDER BY key LIMIT ?");
        after = connection.prepareStatement(
                "SELECT key, value FROM entries WHERE plugin=? AND tenant=? AND key>? ORDER BY key LIMIT ?");
    }

    /** Reads once through the statements that calls wait for: SQLite looks at the file's layout with the first. */
    void tryOut() throws SQLException {
        StateScope nobody = new StateScope(NOBODY, 0);
        begin();
        value(nobody, NOBODY);
        usage(nobody);
        end();
    }

    /** Several reads see one moment of the file. */
    void begin() throws SQLException {
        transaction.beginRead();
    }

    void end() throws SQLException {
        transaction.commit();
    }

    @Nullable
    String value(StateScope scope, String key) throws SQLException {
        bindScope(value, scope);
        value.setBytes(3, key.getBytes(UTF_8));
        try (ResultSet row = value.executeQuery()) {
            return row.next() ? text(row, 1) : null;
        }
    }

    StateUsage usage(StateScope scope) throws SQLException {
        bindScope(usage, scope);
        try (ResultSet row = usage.executeQuery()) {
            return row.next() ? new StateUsage(row.getLong(1), row.getLong(2)) : StateUsage.EMPTY;
        }
    }

    List<StateScope> scopes(String pluginId) throws SQLException {
        scopes.setString(1, pluginId);
        List<StateScope> found = new ArrayList<>();
        try (ResultSet rows = scopes.executeQuery()) {
            while (rows.next()) {
                found.add(new StateScope(pluginId, rows.getInt(1)));
            }
        }
        return List.copyOf(found);
    }

    List<StateEntry> entries(StateScope scope, Optional<String> afterKey, int limit) throws SQLException {
        PreparedStatement statement = afterKey.isPresent() ? after : first;
        bindScope(statement, scope);
        if (afterKey.isPresent()) {
            statement.setBytes(3, afterKey.get().getBytes(UTF_8));
        }
        statement.setInt(afterKey.isPresent() ? 4 : 3, limit);
        List<StateEntry> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(new StateEntry(text(rows, 1), text(rows, 2)));
            }
        }
        return List.copyOf(found);
    }

    /** An empty BLOB comes back from the driver as null. */
    private static String text(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? "" : new String(bytes, UTF_8);
    }

    private static void bindScope(PreparedStatement statement, StateScope scope) throws SQLException {
        statement.setString(1, scope.pluginId());
        statement.setInt(2, scope.tenantId());
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            for (PreparedStatement statement : new PreparedStatement[] {value, usage, scopes, first, after}) {
                statement.close();
            }
        }
    }
}
