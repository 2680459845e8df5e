// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL server on a port of its own that can be killed and started again. */
final class PostgresServer implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres running;

    PostgresServer(Path folder) throws IOException {
        data = folder.resolve("pgdata");
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    void start() throws IOException {
        running = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    /** Ends the server as a crash does; what its processes held in memory is gone. */
    void kill() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        ProcessHandle[] backends = server.children().toArray(ProcessHandle[]::new);
        server.destroyForcibly();
        server.onExit().get(20, TimeUnit.SECONDS);
        for (ProcessHandle backend : backends) {
            backend.onExit().get(20, TimeUnit.SECONDS);
        }
        running.close();
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
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

    @Override
    public void close() throws IOException {
        running.close();
    }
}
