// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the registry of a dead node says of the state of one plugin, read from a copy, so that nothing is changed by it. */
record RegistryCopy(List<String> owners, long move, String phase, String source, String target) {
    private static final List<String> FILES = List.of("registry.db", "registry.db-wal");

    /**
     * Reads it.
     *
     * @param data the data folder of the node
     * @param scratch where the copy is made
     */
    static RegistryCopy of(Path data, String plugin, Path scratch) throws IOException, SQLException {
        Path folder = Files.createTempDirectory(scratch, "registry-");
        for (String file : FILES) {
            if (Files.exists(data.resolve(file))) {
                Files.copy(data.resolve(file), folder.resolve(file));
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILES.get(0)));
                Statement statement = connection.createStatement()) {
            List<String> owners = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT provider FROM owners WHERE kind = 'state' AND plugin = '" + plugin + "'")) {
                while (rows.next()) {
                    owners.add(rows.getString(1));
                }
            }
            try (ResultSet rows = statement.executeQuery("SELECT id, phase, source_provider, target_provider"
                    + " FROM migrations WHERE plugin = '" + plugin + "' ORDER BY id DESC LIMIT 1")) {
                return rows.next()
                        ? new RegistryCopy(
                                List.copyOf(owners),
                                rows.getLong(1),
                                rows.getString(2),
                                rows.getString(3),
                                rows.getString(4))
                        : new RegistryCopy(List.copyOf(owners), 0, "", "", "");
            }
        }
    }

    /** Whether a move was under way. */
    boolean copying() {
        return phase.equals("COPYING");
    }

    /** Whether a move was begun and is not done. */
    boolean unfinished() {
        return copying() || phase.equals("INTERRUPTED");
    }

    String owner() {
        return String.join(" and ", owners);
    }
}
