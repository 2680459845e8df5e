// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.BackendUnavailableException.Effect;
import io.patchbay.provider.ProviderException;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** What the errors of one server mean: whether it is away, and what an operator can do. */
final class RedisTrouble {
    private static final List<String> AWAY = List.of("LOADING", "MASTERDOWN", "BUSY", "TRYAGAIN");
    private static final List<String> CREDENTIALS = List.of("WRONGPASS", "NOAUTH", "ERR AUTH", "ERR INVALID PASSWORD");

    private final RedisSettings settings;

    RedisTrouble(RedisSettings settings) {
        this.settings = settings;
    }

    /** Whether the server cannot be reached or is not yet able to answer. */
    static boolean isAway(JedisException error) {
        return begins(error, AWAY) || (error instanceof JedisConnectionException && !isRefusal(error));
    }

    static boolean lacksScript(JedisException error) {
        return begins(error, List.of("NOSCRIPT"));
    }

    private static boolean isRefusal(JedisException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (begins(cause, CREDENTIALS) || begins(cause, List.of("NOPERM"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(Throwable error, List<String> words) {
        String text = String.valueOf(error.getMessage()).toUpperCase(Locale.ROOT);
        return words.stream().anyMatch(text::startsWith);
    }

    /** One line for an operator; of the server's own words only the first, which is its error code. */
    String describe(JedisException error) {
        String server = "the Redis server " + settings.address();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (begins(cause, CREDENTIALS)) {
                return server + " refused the user '" + settings.login().user()
                        + "'; check the settings user and .password";
            }
            if (begins(cause, List.of("NOPERM"))) {
                return server + " does not allow the user '"
                        + settings.login().user() + "' what the provider needs; grant it the keys "
                        + settings.prefix() + ":* and the commands of scripts";
            }
        }
        // An error inside a script comes with the server's code behind its own words.
        String text = String.valueOf(error.getMessage());
        if (text.contains("OOM command not allowed")) {
            return server + " has no memory left; nothing of this write was stored";
        }
        if (text.contains("MISCONF")) {
            return server + " cannot write to its disk; nothing of this write was stored";
        }
        if (text.contains("READONLY")) {
            return server + " is a read-only replica; connect to the primary server";
        }
        if (error.getCause() instanceof NoSuchElementException) {
            return "all connections to " + settings.address()
                    + " are in use for longer than a call may wait; raise the setting pool.size";
        }
        if (isAway(error)) {
            return server + " cannot be reached; start it or check the settings host, port and tls";
        }
        String code = text.split("[^A-Za-z]", 2)[0];
        return server + " failed" + (code.isEmpty() ? "" : " (" + code + ")");
    }

    /**
     * The exception for the patch bay, of a call that changed nothing; the client's own words go along only when no secret
     * is in them.
     */
    ProviderException explain(JedisException error) {
        String text = describe(error);
        if (isAway(error)) {
            return unavailable(text, Effect.NONE, error);
        }
        return isHarmless(error) ? new ProviderException(text, error) : new ProviderException(text);
    }

    /** A write whose answer did not come: nobody can say whether it was done. */
    ProviderException inDoubt(JedisException error) {
        String text = "the connection to the Redis server " + settings.address()
                + " broke during a write: it was stored whole or not at all";
        return unavailable(text, Effect.UNKNOWN, error);
    }

    private BackendUnavailableException unavailable(String text, Effect effect, JedisException error) {
        return isHarmless(error)
                ? new BackendUnavailableException(text, effect, error)
                : new BackendUnavailableException(text, effect);
    }

    private boolean isHarmless(JedisException error) {
        String secret = settings.login().password();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (!secret.isEmpty() && String.valueOf(cause.getMessage()).contains(secret)) {
                return false;
            }
        }
        return true;
    }
}
