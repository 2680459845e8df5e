// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.itests.harness.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Claims that every command in the operator's tutorials prints what the page says, with a real PostgreSQL where a page wants a
 * database. Needs Go.
 */
public final class DocsOperate implements NamedRun {
    private static final Page SWAP_STORAGE = new Page(Path.of("docs", "operate", "swap-storage.md"));
    private static final Page PLUGINS = new Page(Path.of("docs", "operate", "plugins.md"));
    private static final Page WAYS_IN = new Page(Path.of("docs", "operate", "ways-in.md"));
    private static final Page DOCTOR = new Page(Path.of("docs", "operate", "doctor.md"));
    private static final String USER = "patchbay";
    private static final String PASSWORD = "afternoon";
    private static final String DATABASE = "plugins";

    @Override
    public String name() {
        return "docs-operate";
    }

    @Override
    public String description() {
        return "every command in docs/operate/{swap-storage,plugins,ways-in,doctor}.md is executed, with a real PostgreSQL, and"
                + " compared (needs Go)";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Map<String, String> ownNode = Map.of("PATCHBAY_LISTEN", "0", "PATCHBAY_DATA", ".patchbay");
        PLUGINS.check(options, report, "plugins-", ownNode);
        WAYS_IN.check(options, report, "ways-in-", ownNode);
        DOCTOR.check(options, report, "doctor-", ownNode);
        try (PostgresServer server = new PostgresServer(options.scratch())) {
            makeDatabase(server);
            SWAP_STORAGE.check(
                    options,
                    report,
                    "swap-storage-",
                    Map.of(
                            "DATABASE_URL",
                            server.url().replaceFirst("[^/]*$", DATABASE),
                            "DATABASE_PASSWORD",
                            PASSWORD,
                            "PATCHBAY_LISTEN",
                            "0"));
        }
    }

    /** What an administrator of databases hands to the operator. */
    private static void makeDatabase(PostgresServer server) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + USER + " LOGIN PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + USER);
        }
    }
}
