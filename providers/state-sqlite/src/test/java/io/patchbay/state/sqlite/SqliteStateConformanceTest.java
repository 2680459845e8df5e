// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import io.patchbay.provider.DataFolder;
import io.patchbay.provider.Durability;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.Configurations;
import io.patchbay.tck.Fault;
import io.patchbay.tck.Opener;
import io.patchbay.tck.StateProviderContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class SqliteStateConformanceTest extends StateProviderContract {
    @TempDir
    Path folder;

    private int others;

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.DURABLE);
    }

    @Override
    protected StateProvider open() {
        return on(folder, false, "process");
    }

    @Override
    protected StateProvider openOther() throws IOException {
        return on(Files.createDirectory(folder.resolve("other-" + others++)), false, "process");
    }

    @Override
    protected void close(StateProvider provider) throws InterruptedException {
        ((SqliteStateProvider) provider).deactivate();
    }

    private static SqliteStateProvider on(Path where, boolean readOnly, String durability) {
        return new SqliteStateProvider(
                new Folder(where, readOnly),
                Configurations.of(SqliteStateConfiguration.class, Map.of("durability", durability)));
    }

    private record Folder(Path where, boolean readOnly) implements DataFolder {
        @Override
        public Path folder(String bundleSymbolicName) {
            return where;
        }
    }

    @Override
    protected Map<String, Opener> misconfigured() {
        return Map.of(
                "the setting durability of io.patchbay.state.sqlite", () -> on(folder, false, "maybe"),
                "the data folder is read-only", () -> on(folder, true, "power"),
                "missing", () -> on(folder.resolve("missing"), false, "power"));
    }

    /** A disk without space, as far as the file's own engine is concerned. */
    @Override
    protected Optional<Fault> fault() {
        return Optional.of(new Fault() {
            @Override
            public void begin() throws SQLException {
                execute(List.of("INSERT", "UPDATE", "DELETE").stream()
                        .map(change -> "CREATE TRIGGER full_" + change + " BEFORE " + change
                                + " ON entries BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END")
                        .toList());
            }

            @Override
            public void end() throws SQLException {
                execute(List.of("INSERT", "UPDATE", "DELETE").stream()
                        .map(change -> "DROP TRIGGER full_" + change)
                        .toList());
            }
        });
    }

    private void execute(List<String> statements) throws SQLException {
        try (Connection connection = new StoreFile(folder.resolve("state.db"), Durability.PROCESS).connect(true);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
