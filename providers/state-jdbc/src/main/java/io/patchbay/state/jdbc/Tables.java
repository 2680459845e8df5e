// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.state.StateScope;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What the statements for reading and writing share: scopes, keys as bytes, and lists of keys. */
final class Tables {
    static final String SCOPE = " WHERE plugin=? AND tenant=?";

    /** Sizes of key lists, so that a server keeps four plans and not a hundred. */
    private static final int[] LISTS = {1, 8, 32, 100};

    private Tables() {}

    static void bindScope(PreparedStatement statement, StateScope scope) throws SQLException {
        statement.setString(1, scope.pluginId());
        statement.setInt(2, scope.tenantId());
    }

    /** The condition for one of {@code count} keys. */
    static String keyIn(int count) {
        return " AND state_key IN (?" + ",?".repeat(listSize(count) - 1) + ")";
    }

    /** Binds the keys of {@link #keyIn}; the last one fills the places that are left. */
    static void bindKeys(PreparedStatement statement, int from, byte[][] keys) throws SQLException {
        int size = listSize(keys.length);
        for (int i = 0; i < size; i++) {
            statement.setBytes(from + i, keys[Math.min(i, keys.length - 1)]);
        }
    }

    private static int listSize(int count) {
        for (int size : LISTS) {
            if (count <= size) {
                return size;
            }
        }
        return count;
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static String text(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? "" : new String(bytes, UTF_8);
    }
}
