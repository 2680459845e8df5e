// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.ProviderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The pool of connections to the server; lends only one that has just answered. A server that is away is not waited for:
 * the patch bay does that.
 *
 * <p>The check before each loan costs a round trip. Without it the first writes after a restart of the server would fail
 * on connections that broke long before, and a write whose answer is missing cannot be repeated. Thread-safe.
 */
final class Connections implements AutoCloseable {
    private final ConnectionPool pool;
    private final RedisTrouble trouble;
    private volatile boolean closed;
    private volatile @Nullable String lastFailure;

    Connections(RedisSettings settings, RedisTrouble trouble) {
        this.trouble = trouble;
        pool = new ConnectionPool(
                new HostAndPort(settings.host(), settings.port()), clientConfig(settings), poolConfig(settings));
    }

    private static DefaultJedisClientConfig clientConfig(RedisSettings settings) {
        int millis = (int) settings.callTimeout().toMillis();
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .database(settings.database())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (!settings.login().user().isEmpty()) {
            config.user(settings.login().user());
        }
        if (!settings.login().password().isEmpty()) {
            config.password(settings.login().password());
        }
        settings.tls().ifPresent(tls -> config.sslOptions(sslOptions(tls)));
        return config.build();
    }

    private static SslOptions sslOptions(RedisSettings.Tls tls) {
        SslOptions.Builder options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL);
        tls.trustStore()
                .ifPresent(file -> options.trustStoreType("PKCS12")
                        .truststore(file.toFile(), tls.password().toCharArray()));
        return options.build();
    }

    private static ConnectionPoolConfig poolConfig(RedisSettings settings) {
        ConnectionPoolConfig config = new ConnectionPoolConfig();
        config.setMaxTotal(settings.poolSize());
        config.setMaxIdle(settings.poolSize());
        config.setMaxWait(settings.callTimeout());
        // Tested here and not by the pool, which does not say why a test failed.
        config.setTestOnBorrow(false);
        config.setTestWhileIdle(false);
        // No thread that looks for idle connections: it would be one for the whole JVM.
        config.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        config.setJmxEnabled(false);
        return config;
    }

    /** Makes connections before they are wanted; a server that gives fewer is contented with. */
    void connectAhead(int wanted) {
        try {
            pool.addObjects(wanted - pool.getNumIdle());
        } catch (Exception noMore) {
            // The pool declares no narrower one.
            return;
        }
    }

    /**
     * Lends a connection whose next answer is waited for at most until the deadline.
     *
     * @throws ProviderException when none can be had in time
     */
    Connection borrow(long deadlineNanos) {
        if (closed) {
            throw new ProviderException("the state store in Redis is closed");
        }
        try {
            return tested(deadlineNanos);
        } catch (JedisException e) {
            lastFailure = trouble.describe(e);
            throw trouble.explain(e);
        }
    }

    /** A connection that has lain idle may have broken long ago; only of a new one an error says that the server is away. */
    private Connection tested(long deadlineNanos) {
        try {
            return answering(deadlineNanos);
        } catch (JedisConnectionException e) {
            distrust();
            return answering(deadlineNanos);
        }
    }

    private Connection answering(long deadlineNanos) {
        Connection connection = bounded(pool.getResource(), deadlineNanos);
        try {
            connection.ping();
            return connection;
        } catch (JedisException e) {
            try {
                connection.close();
            } catch (JedisException replacement) {
                // In place of a broken one the pool opens another for whoever waits, and that fails, too.
                e.addSuppressed(replacement);
            }
            throw e;
        }
    }

    private Connection bounded(Connection connection, long deadlineNanos) {
        long left = millisUntil(deadlineNanos);
        if (left <= 0) {
            connection.close();
            throw new ProviderException("no connection to the Redis server was free within the call timeout");
        }
        connection.setSoTimeout((int) left);
        return connection;
    }

    private static long millisUntil(long deadlineNanos) {
        return TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
    }

    /** Drops the idle connections, which a server that broke one has broken, too. */
    void distrust() {
        pool.clear();
    }

    /** Remembers why a call failed. */
    void failed(String why) {
        lastFailure = why;
    }

    /** Forgets it: a call was served. */
    void succeeded() {
        if (lastFailure != null) {
            lastFailure = null;
        }
    }

    /** Why the server did not serve the last time; empty when it did. */
    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    @Override
    public void close() {
        closed = true;
        pool.close();
    }
}
