// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Opens the store on a thread of its own and keeps trying as long as the server is away or refuses the user.
 *
 * <p>A setting that is wrong, or data that is somebody else's, ends it: only a change helps then. Thread-safe.
 */
final class RedisConnector implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long END_MILLIS = 1_000;

    private final CompletableFuture<RedisStore> opening = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final @Nullable Connections connections;
    private final @Nullable Thread thread;
    /** What it has to say of itself; nothing while the first attempt lasts. */
    private volatile String state = "";

    /** Starts connecting. */
    RedisConnector(RedisSettings settings) {
        RedisTrouble trouble = new RedisTrouble(settings);
        Connections made = new Connections(settings, trouble);
        connections = made;
        thread = new Thread(() -> connect(made, trouble, settings), "patchbay-redis-connect-" + settings.name());
        thread.setDaemon(true);
        thread.start();
    }

    /** One that never connects, because the settings cannot be used. */
    RedisConnector(ProviderException wrong) {
        connections = null;
        thread = null;
        fail(wrong);
    }

    private void connect(Connections through, RedisTrouble trouble, RedisSettings settings) {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                opening.complete(RedisStore.open(through, trouble, settings));
                ready.complete(null);
                return;
            } catch (ForeignStoreException useless) {
                fail(useless);
                return;
            } catch (JedisException e) {
                state = trouble.describe(e);
            } catch (ProviderException e) {
                state = String.valueOf(e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                fail(new ProviderException(
                        "the Redis client failed: " + e.getClass().getName(), e));
                return;
            }
            if (through.endsWithin(pause)) {
                fail(new ProviderException("the store was closed before it was open"));
                return;
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private void fail(ProviderException why) {
        state = String.valueOf(why.getMessage());
        opening.completeExceptionally(why);
        ready.completeExceptionally(why);
    }

    /**
     * The open store.
     *
     * @throws ProviderException when it is not open
     */
    RedisStore store() {
        if (!opening.isDone()) {
            String why = state;
            throw new ProviderException(why.isEmpty() ? "the Redis server is being connected to" : why);
        }
        try {
            return opening.join();
        } catch (CompletionException failure) {
            throw new ProviderException(state, failure);
        }
    }

    CompletionStage<Void> ready() {
        return ready.minimalCompletionStage();
    }

    ProviderHealth health() {
        if (opening.isDone() && !opening.isCompletedExceptionally()) {
            return opening.join().health();
        }
        String why = opening.isDone() || connections == null
                ? state
                : connections.lastFailure().orElse(state);
        return new ProviderHealth(ProviderHealth.Status.DOWN, why);
    }

    /** Ends the attempts and closes every connection. */
    @Override
    public void close() {
        if (connections != null) {
            connections.close();
        }
        if (thread != null) {
            try {
                thread.join(END_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
