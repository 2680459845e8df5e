// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.state.QuotaExceededException;
import io.patchbay.provider.state.StateScope;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** The statements of the one writer, prepared once. Used by the writer's thread alone, inside its transaction. */
final class WriteStatements implements AutoCloseable {
    private static final String SCOPE = " WHERE plugin=? AND tenant=?";

    private final PreparedStatement usage;
    private final PreparedStatement setUsage;
    private final PreparedStatement valueLength;
    private final PreparedStatement upsert;
    private final PreparedStatement delete;
    private final PreparedStatement purgeEntries;
    private final PreparedStatement purgeUsage;

    WriteStatements(Connection connection) throws SQLException {
        usage = connection.prepareStatement("SELECT keys, bytes FROM usage" + SCOPE);
        setUsage = connection.prepareStatement("INSERT INTO usage (plugin, tenant, keys, bytes) VALUES (?,?,?,?)"
                + " ON CONFLICT (plugin, tenant) DO UPDATE SET keys=excluded.keys, bytes=excluded.bytes");
        valueLength = connection.prepareStatement("SELECT length(value) FROM entries" + SCOPE + " AND key=?");
        upsert = connection.prepareStatement("INSERT INTO entries (plugin, tenant, key, value) VALUES (?,?,?,?)"
                + " ON CONFLICT (plugin, tenant, key) DO UPDATE SET value=excluded.value");
        delete = connection.prepareStatement("DELETE FROM entries" + SCOPE + " AND key=?");
        purgeEntries = connection.prepareStatement("DELETE FROM entries WHERE plugin=?");
        purgeUsage = connection.prepareStatement("DELETE FROM usage WHERE plugin=?");
    }

    /**
     * Carries out one operation.
     *
     * @return the quota that stood against it; then nothing was written
     */
    Optional<QuotaExceededException> apply(WriteOperation operation) throws SQLException {
        if (operation instanceof WriteOperation.Put put) {
            return put(put);
        }
        if (operation instanceof WriteOperation.Remove remove) {
            remove(remove.scope(), remove.keys());
        } else if (operation instanceof WriteOperation.Purge purge) {
            purge(purge);
        }
        return Optional.empty();
    }

    private Optional<QuotaExceededException> put(WriteOperation.Put put) throws SQLException {
        long[] before = usageOf(put.scope());
        long keys = before[0];
        long bytes = before[1];
        for (Map.Entry<String, String> entry : put.entries().entrySet()) {
            byte[] key = entry.getKey().getBytes(UTF_8);
            long old = lengthOf(put.scope(), key);
            if (old < 0) {
                keys++;
                bytes += key.length;
            } else {
                bytes -= old;
            }
            bytes += entry.getValue().getBytes(UTF_8).length;
        }
        if (keys > put.quota().maxKeys() && keys > before[0]) {
            return Optional.of(new QuotaExceededException(
                    QuotaExceededException.Unit.KEYS, put.quota().maxKeys()));
        }
        if (bytes > put.quota().maxBytes() && bytes > before[1]) {
            return Optional.of(new QuotaExceededException(
                    QuotaExceededException.Unit.BYTES, put.quota().maxBytes()));
        }
        for (Map.Entry<String, String> entry : put.entries().entrySet()) {
            bindScope(upsert, put.scope());
            upsert.setBytes(3, entry.getKey().getBytes(UTF_8));
            upsert.setBytes(4, entry.getValue().getBytes(UTF_8));
            upsert.executeUpdate();
        }
        setUsage(put.scope(), keys, bytes);
        return Optional.empty();
    }

    private void remove(StateScope scope, Collection<String> removed) throws SQLException {
        long[] before = usageOf(scope);
        long keys = before[0];
        long bytes = before[1];
        for (String name : removed) {
            byte[] key = name.getBytes(UTF_8);
            long old = lengthOf(scope, key);
            if (old < 0) {
                continue;
            }
            bindScope(delete, scope);
            delete.setBytes(3, key);
            delete.executeUpdate();
            keys--;
            bytes -= key.length + old;
        }
        if (keys != before[0]) {
            setUsage(scope, keys, bytes);
        }
    }

    private void purge(WriteOperation.Purge purge) throws SQLException {
        purgeEntries.setString(1, purge.pluginId());
        purgeEntries.executeUpdate();
        purgeUsage.setString(1, purge.pluginId());
        purgeUsage.executeUpdate();
    }

    private long[] usageOf(StateScope scope) throws SQLException {
        bindScope(usage, scope);
        try (ResultSet row = usage.executeQuery()) {
            return row.next() ? new long[] {row.getLong(1), row.getLong(2)} : new long[] {0, 0};
        }
    }

    private void setUsage(StateScope scope, long keys, long bytes) throws SQLException {
        bindScope(setUsage, scope);
        setUsage.setLong(3, keys);
        setUsage.setLong(4, bytes);
        setUsage.executeUpdate();
    }

    private long lengthOf(StateScope scope, byte[] key) throws SQLException {
        bindScope(valueLength, scope);
        valueLength.setBytes(3, key);
        try (ResultSet row = valueLength.executeQuery()) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    private static void bindScope(PreparedStatement statement, StateScope scope) throws SQLException {
        statement.setString(1, scope.pluginId());
        statement.setInt(2, scope.tenantId());
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement :
                new PreparedStatement[] {usage, setUsage, valueLength, upsert, delete, purgeEntries, purgeUsage}) {
            statement.close();
        }
    }
}
