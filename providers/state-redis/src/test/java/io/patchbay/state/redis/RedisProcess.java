// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.Durability;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/** A real Redis server on a port of its own that can be killed and started again. */
final class RedisProcess implements AutoCloseable {
    private final Path folder;
    private final List<String> settings;
    private final int port;
    private RedisServer running;

    RedisProcess(Path folder, String... settings) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.settings = List.of(settings);
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        start();
    }

    void start() throws IOException {
        RedisServerBuilder builder = RedisServer.newRedisServer()
                .port(port)
                .setting("dir " + folder)
                .setting("bind 127.0.0.1")
                .setting("save \"\"");
        settings.forEach(builder::setting);
        running = builder.build();
        running.start();
    }

    /** Ends the server as a crash does. */
    void kill() throws Exception {
        long pid;
        try (Connection connection = new Connection("127.0.0.1", port)) {
            String info = ScriptRunner.text(
                    connection.executeCommand(new CommandArguments(Protocol.Command.INFO).add("server")));
            pid = info.lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .mapToLong(line -> Long.parseLong(line.substring(11).strip()))
                    .findFirst()
                    .orElseThrow();
        }
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(20, TimeUnit.SECONDS);
        running.stop();
    }

    HostAndPort address() {
        return new HostAndPort("127.0.0.1", port);
    }

    RedisSettings settings(Durability durability) {
        return settings("patchbay:state", durability, new RedisSettings.Login("", ""));
    }

    RedisSettings settings(String prefix, Durability durability, RedisSettings.Login login) {
        return new RedisSettings(
                "test", "127.0.0.1", port, 0, prefix, login, Optional.empty(), durability, 8, Duration.ofSeconds(2));
    }

    static RedisStateProvider open(RedisSettings settings) throws Exception {
        RedisStateProvider provider = new RedisStateProvider(new RedisConnector(settings));
        ready(provider);
        return provider;
    }

    static void ready(RedisStateProvider provider) throws Exception {
        provider.ready().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Runs a command behind the provider's back. */
    Object execute(Protocol.Command command, String... arguments) {
        try (Connection connection = new Connection(address())) {
            CommandArguments all = new CommandArguments(command);
            for (String argument : arguments) {
                all.add(argument);
            }
            return connection.executeCommand(all);
        }
    }

    @Override
    public void close() throws IOException {
        running.stop();
    }
}
