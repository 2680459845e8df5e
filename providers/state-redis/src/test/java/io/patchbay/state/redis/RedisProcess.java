// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.itests.harness.RedisServer;
import io.patchbay.provider.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;

/** A real server, and how the tests reach it: as a provider, and behind its back. */
final class RedisProcess extends RedisServer {
    RedisProcess(Path folder, String... settings) throws IOException {
        super(folder, settings);
    }

    HostAndPort address() {
        return new HostAndPort(host(), port());
    }

    RedisSettings settings(Durability durability) {
        return settings("patchbay:state", durability, new RedisSettings.Login("", ""));
    }

    RedisSettings settings(String prefix, Durability durability, RedisSettings.Login login) {
        return new RedisSettings(
                "test", host(), port(), 0, prefix, login, Optional.empty(), durability, 8, Duration.ofSeconds(2));
    }

    static RedisStateProvider open(RedisSettings settings) throws Exception {
        RedisStateProvider provider = new RedisStateProvider(settings);
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
}
