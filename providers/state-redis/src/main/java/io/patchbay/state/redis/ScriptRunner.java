// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.patchbay.provider.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Runs scripts on the server within the call timeout.
 *
 * <p>Each carries the store's id, so that a server that came back with other data answers nothing, and a moment after
 * which the server must not run it any more: a call that was given up here cannot overwrite later what somebody else
 * wrote since. That moment is on the server's clock, whose distance from ours is measured and corrected. Thread-safe.
 */
final class ScriptRunner {
    private final Connections connections;
    private final RedisTrouble trouble;
    private final RedisSettings settings;
    private final byte[] storeId;
    /** Microseconds of the server's clock minus those of {@code nanoTime}; a little too small. */
    private volatile long clockOffset;

    ScriptRunner(
            Connections connections, RedisTrouble trouble, RedisSettings settings, String storeId, long clockOffset) {
        this.connections = connections;
        this.trouble = trouble;
        this.settings = settings;
        this.storeId = KeyLayout.bytes(storeId);
        this.clockOffset = clockOffset;
    }

    /** The distance of the clocks, from an answer of TIME that has just come. */
    static long clockOffset(Object seconds, Object micros) {
        long server = 1_000_000L * Long.parseLong(text(seconds)) + Long.parseLong(text(micros));
        return server - TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    }

    /** Runs one that only reads. */
    List<Object> read(Script script, List<byte[]> keys, List<byte[]> arguments) {
        return run(script, keys, arguments, true);
    }

    /** Runs one that writes; in doubt once it may have reached the server and no answer came. */
    List<Object> write(Script script, List<byte[]> keys, List<byte[]> arguments) {
        return run(script, keys, arguments, false);
    }

    private List<Object> run(Script script, List<byte[]> keys, List<byte[]> arguments, boolean readsOnly) {
        long deadline = System.nanoTime() + settings.callTimeout().toNanos();
        while (true) {
            try (Connection connection = connections.borrow(deadline)) {
                long notAfter = TimeUnit.NANOSECONDS.toMicros(deadline) + clockOffset;
                List<byte[]> all = new ArrayList<>(arguments.size() + 2);
                all.add(storeId);
                all.add(Long.toString(notAfter).getBytes(US_ASCII));
                all.addAll(arguments);
                List<Object> reply = evaluate(connection, script, keys, all);
                if (!text(reply.get(0)).equals("late")) {
                    return accepted(reply);
                }
                clockOffset = clockOffset(reply.get(1), reply.get(2));
                if (System.nanoTime() - deadline >= 0) {
                    throw new ProviderException("the Redis server " + settings.address()
                            + " did not answer within the call timeout; nothing was changed");
                }
            } catch (JedisException e) {
                connections.distrust();
                connections.failed(trouble.describe(e));
                boolean inDoubt = RedisTrouble.isAway(e) && !readsOnly && !neverRan(e);
                throw inDoubt ? trouble.inDoubt(e) : trouble.explain(e);
            }
        }
    }

    /** The server answered, and its answer is that it did not run the script. */
    private static boolean neverRan(JedisException e) {
        return e instanceof JedisDataException;
    }

    private List<Object> accepted(List<Object> reply) {
        String word = text(reply.get(0));
        if (word.equals("store")) {
            String why = "the Redis server " + settings.address() + " no longer holds the state store "
                    + new String(storeId, US_ASCII)
                    + "; restore its data, or restart this provider (change a setting) to begin with what is there now";
            connections.failed(why);
            throw new ProviderException(why);
        }
        if (word.equals("damaged")) {
            throw new ProviderException("the Redis server " + settings.address()
                    + " holds damaged state of this plugin: its keys and its list of keys differ; restore a backup");
        }
        connections.succeeded();
        return reply;
    }

    /** Runs a script by its digest, and by its text where the server does not know it yet. */
    static List<Object> evaluate(Connection connection, Script script, List<byte[]> keys, List<byte[]> arguments) {
        try {
            return call(connection, Protocol.Command.EVALSHA, script.digest(), keys, arguments);
        } catch (JedisException e) {
            if (!RedisTrouble.lacksScript(e)) {
                throw e;
            }
            return call(connection, Protocol.Command.EVAL, script.text(), keys, arguments);
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Object> call(
            Connection connection, Protocol.Command command, byte[] script, List<byte[]> keys, List<byte[]> arguments) {
        CommandArguments all = new CommandArguments(command).add(script).add(keys.size());
        keys.forEach(all::add);
        arguments.forEach(all::add);
        return (List<Object>) connection.executeCommand(all);
    }

    static String text(Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, UTF_8) : "";
    }
}
