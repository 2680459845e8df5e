// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.redis;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.BackendUnavailableException.Effect;
import io.patchbay.provider.ProviderException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** What the errors of one server mean: whether it is away, and what an operator can do. */
final class RedisTrouble {
    private static final List<String> AWAY = List.of("LOADING", "MASTERDOWN", "BUSY", "TRYAGAIN");
    private static final List<String> CREDENTIALS = List.of("WRONGPASS", "NOAUTH", "ERR AUTH", "ERR INVALID PASSWORD");

    private static final int LONGEST_WORDS = 160;

    private final RedisSettings settings;

    RedisTrouble(RedisSettings settings) {
        this.settings = settings;
    }

    /** Whether the server cannot be reached or is not yet able to answer. */
    static boolean isAway(JedisException error) {
        return begins(error, AWAY)
                || (error instanceof JedisConnectionException && !isRefusal(error))
                || isUnusable(error.getCause());
    }

    /** The server left between a new connection and the question whether it is there: the pool tells it no other way. */
    private static boolean isUnusable(@Nullable Throwable cause) {
        return cause instanceof NoSuchElementException && begins(cause, List.of("UNABLE TO "));
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
        if (text.contains("DB index is out of range")) {
            return server + " has no database " + settings.database() + "; correct the setting database";
        }
        if (isAway(error)) {
            return server + " cannot be reached" + network(error)
                    + "; start it or check the settings host, port and tls";
        }
        if (error.getCause() instanceof NoSuchElementException) {
            return "all connections to " + settings.address()
                    + " are in use for longer than a call may wait; raise the setting pool.size";
        }
        String code = text.split("[^A-Za-z]", 2)[0];
        return server + " failed" + (code.isEmpty() ? "" : " (" + code + ")");
    }

    /** What the network says at the bottom of it: a refused connection, an unknown host, a certificate. */
    private String network(JedisException error) {
        Throwable deepest = error;
        for (Optional<Throwable> below = below(error); below.isPresent(); below = below(deepest)) {
            deepest = below.get();
        }
        String words = String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
        String secret = settings.login().password();
        if (deepest == error
                || deepest instanceof NoSuchElementException
                || words.isBlank()
                || (!secret.isEmpty() && words.contains(secret))) {
            return "";
        }
        return " (" + deepest.getClass().getSimpleName() + ": "
                + words.substring(0, Math.min(words.length(), LONGEST_WORDS)).replaceAll("\\p{Cntrl}", " ") + ")";
    }

    /** The client tries every address of a host, and keeps what each of them said beside its own error. */
    private static Optional<Throwable> below(Throwable error) {
        return Optional.ofNullable(error.getCause())
                .or(() -> Arrays.stream(error.getSuppressed()).findFirst());
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

    /** The exception for a store that cannot be opened now, whatever the reason: it may be, without a change of settings. */
    BackendUnavailableException notYet(ProviderException why) {
        return new BackendUnavailableException(String.valueOf(why.getMessage()), Effect.NONE, why);
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
