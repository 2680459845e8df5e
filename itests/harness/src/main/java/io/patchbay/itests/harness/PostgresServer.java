// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL server on a loopback port of its own that can be killed and started again on the same data and port. The
 * user {@code postgres} needs no password. For one thread.
 */
public class PostgresServer implements TestServer {
    private static final long ENDS_SECONDS = 20;

    private final Path data;
    private final int port;
    private EmbeddedPostgres running;

    /**
     * Makes a data folder and starts a server on it.
     *
     * @param folder where the data folder is made, or lies already
     */
    @SuppressWarnings("this-escape") // starting is what a server is made for
    public PostgresServer(Path folder) throws IOException {
        data = folder.resolve("pgdata");
        port = FreePort.find();
        start();
    }

    @Override
    public final void start() throws IOException {
        running = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    @Override
    public final void kill() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        ProcessHandle[] backends = server.children().toArray(ProcessHandle[]::new);
        server.destroyForcibly();
        server.onExit().get(ENDS_SECONDS, TimeUnit.SECONDS);
        for (ProcessHandle backend : backends) {
            backend.onExit().get(ENDS_SECONDS, TimeUnit.SECONDS);
        }
        running.close();
    }

    /** The JDBC URL of its database {@code postgres}. */
    public final String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
