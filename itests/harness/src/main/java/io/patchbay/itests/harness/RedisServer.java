// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.embedded.core.RedisServerBuilder;

/**
 * A real Redis server on a loopback port of its own that can be killed and started again on the same data and port. Unless
 * told otherwise it keeps nothing. For one thread.
 */
public class RedisServer implements TestServer {
    private static final long ENDS_SECONDS = 20;
    private static final String HOST = "127.0.0.1";
    private static final String PID_FILE = "redis.pid";

    private final Path folder;
    private final List<String> settings;
    private final int port;
    private redis.embedded.RedisServer running;

    /**
     * Starts a server.
     *
     * @param folder for its data; made when it is not there
     * @param settings lines of its configuration, such as {@code appendonly yes}
     */
    @SuppressWarnings("this-escape") // starting is what a server is made for
    public RedisServer(Path folder, String... settings) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.settings = List.of(settings);
        port = FreePort.find();
        start();
    }

    @Override
    public final void start() throws IOException {
        RedisServerBuilder builder = redis.embedded.RedisServer.newRedisServer()
                .port(port)
                .setting("dir " + folder)
                .setting("pidfile " + folder.resolve(PID_FILE))
                .setting("bind " + HOST)
                .setting("save \"\"");
        settings.forEach(builder::setting);
        running = builder.build();
        running.start();
    }

    @Override
    public final void kill() throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long pid = Long.parseLong(Files.readString(folder.resolve(PID_FILE)).strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(ENDS_SECONDS, TimeUnit.SECONDS);
        running.stop();
    }

    /** The address it listens on. */
    public final String host() {
        return HOST;
    }

    /** The port it listens on. */
    public final int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        running.stop();
    }
}
