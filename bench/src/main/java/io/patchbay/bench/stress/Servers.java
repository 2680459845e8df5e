// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.itests.harness.PostgresServer;
import io.patchbay.itests.harness.RedisServer;
import java.io.IOException;
import java.nio.file.Path;

/** A real PostgreSQL and a real Redis that keeps what it acknowledges. For one thread. */
final class Servers implements AutoCloseable {
    private final PostgresServer postgres;
    private final RedisServer redis;

    private Servers(PostgresServer postgres, RedisServer redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    static Servers start(Path folder) throws IOException {
        PostgresServer postgres = new PostgresServer(folder.resolve("postgres"));
        try {
            return new Servers(
                    postgres, new RedisServer(folder.resolve("redis"), "appendonly yes", "appendfsync always"));
        } catch (IOException e) {
            postgres.close();
            throw e;
        }
    }

    String postgresUrl() {
        return postgres.url();
    }

    String redisHost() {
        return redis.host();
    }

    int redisPort() {
        return redis.port();
    }

    void kill(Store store) throws Exception {
        if (store == Store.POSTGRES) {
            postgres.kill();
        } else {
            redis.kill();
        }
    }

    void revive(Store store) throws IOException {
        if (store == Store.POSTGRES) {
            postgres.start();
        } else {
            redis.start();
        }
    }

    @Override
    public void close() throws IOException {
        try (postgres) {
            redis.close();
        }
    }
}
