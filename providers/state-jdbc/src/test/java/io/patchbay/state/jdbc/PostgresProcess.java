// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.itests.harness.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.postgresql.ds.PGSimpleDataSource;

/** A real server, and how the tests reach its schemas. */
final class PostgresProcess extends PostgresServer {
    PostgresProcess(Path folder) throws IOException {
        super(folder);
    }

    /** As a user that has a schema of its own name. */
    Database database(String user, String password) {
        return database(user, password, user);
    }

    Database database(String user, String password, String schema) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(user);
        source.setPassword(password);
        source.setCurrentSchema(schema);
        return new Database(source);
    }

    Database database() {
        return database("postgres", "", "public");
    }
}
