// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.BackendUnavailableException.Effect;
import io.patchbay.provider.ProviderException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the errors of one database mean: whether it is away, whether trying again helps, and what an operator can do.
 *
 * <p>Judged by SQLSTATE (ISO 9075, PostgreSQL appendix A; H2 puts its own numbers there), never by a text.
 */
final class DatabaseTrouble {
    /** Shutting down, crashed, starting, out of connections; H2: broken, closed, closing. */
    private static final Set<String> AWAY = Set.of("57P01", "57P02", "57P03", "53300", "90067", "90098", "90121");

    /** Serialization failure, deadlock; H2: concurrent update. The transaction was undone and may be done again. */
    private static final Set<String> COLLISION = Set.of("40001", "40P01", "90131");

    private static final Set<String> TIMEOUT = Set.of("57014", "55P03", "HYT00", "50200");
    private static final Set<String> UNDEFINED_TABLE = Set.of("42P01", "42S02", "42S03", "42S04", "42102");

    private static final int LONGEST_WORDS = 160;
    private static final int H2_GENERAL_ERROR = 50_000;

    private final DatabaseAddress address;

    DatabaseTrouble(DatabaseAddress address) {
        this.address = address;
    }

    /** Whether the server cannot be reached or left in the middle. */
    boolean isAway(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException one) {
                String state = state(one);
                if (state.startsWith("28")) {
                    return false;
                }
                if (state.startsWith("08")
                        || AWAY.contains(state)
                        || one instanceof SQLRecoverableException
                        || one instanceof SQLTransientConnectionException
                        || one instanceof SQLNonTransientConnectionException) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the database undid the transaction because of another one. */
    boolean isCollision(SQLException error) {
        return COLLISION.contains(state(error));
    }

    /**
     * Whether H2 failed with a general error of its own. Seen once, with a page of more than 1 MiB that had just been
     * written and was read well afterwards; what was not committed may be tried again in any case.
     */
    static boolean isPassing(SQLException error) {
        return error.getErrorCode() == H2_GENERAL_ERROR && state(error).equals("HY000");
    }

    static boolean isUndefinedTable(SQLException error) {
        return UNDEFINED_TABLE.contains(state(error));
    }

    static boolean isUndefinedColumn(SQLException error) {
        return state(error).equals("42703") || state(error).equals("42S22");
    }

    /** Whether somebody else made the same row or table at the same time. */
    static boolean isDuplicate(SQLException error) {
        String state = state(error);
        return state.startsWith("23") || state.equals("42P07") || state.equals("42S01");
    }

    private static String state(SQLException error) {
        String state = error.getSQLState();
        return state == null ? "" : state;
    }

    /** One line for an operator. */
    String describe(SQLException error) {
        SQLException deepest = error;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException one && !state(one).isEmpty()) {
                deepest = one;
            }
        }
        String state = state(deepest);
        if (state.startsWith("28")) {
            return "the database " + address.shown() + " refused the user '" + address.user()
                    + "'; check the settings user and .password";
        }
        if (state.equals("42501")) {
            return "the user '" + address.user() + "' may not use or make the tables patchbay_state_* in "
                    + address.shown() + "; grant it or use another user";
        }
        if (state.equals("53100")) {
            return "the disk of the database " + address.shown() + " is full; nothing of this write was stored";
        }
        if (state.equals("25006")) {
            return "the database " + address.shown() + " is read-only; connect to the primary server";
        }
        if (state.equals("3D000") || state.equals("90146")) {
            return "there is no such database: " + address.shown() + "; make it or correct the setting url";
        }
        if (TIMEOUT.contains(state)) {
            return "the database " + address.shown() + " did not answer within the call timeout (" + state + ")";
        }
        if (isAway(error)) {
            return "the database " + address.shown() + " cannot be reached" + inBrackets(deepest)
                    + "; start it or check the setting url";
        }
        return "the database " + address.shown() + " failed" + inBrackets(deepest);
    }

    /** The code and, where the secret is not in them, the first of the driver's own words. */
    private String inBrackets(SQLException error) {
        String words = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        String shown = words.isBlank() || !isHarmless(error)
                ? ""
                : ": "
                        + words.substring(0, Math.min(words.length(), LONGEST_WORDS))
                                .replaceAll("\\p{Cntrl}", " ");
        return state(error).isEmpty() ? "" : " (SQLSTATE " + state(error) + shown + ")";
    }

    /**
     * The exception for the patch bay, of a call that changed nothing; the driver's own words go along only when the
     * secret is not in them.
     */
    ProviderException explain(SQLException error) {
        String text = describe(error);
        if (isAway(error)) {
            return unavailable(text, Effect.NONE, error);
        }
        return isHarmless(error) ? new ProviderException(text, error) : new ProviderException(text);
    }

    /** The exception for a store that cannot be opened now, whatever the reason: it may be, without a change of settings. */
    BackendUnavailableException notYet(SQLException error) {
        return unavailable(describe(error), Effect.NONE, error);
    }

    /** A commit whose answer did not come: nobody can say whether it was done. */
    ProviderException inDoubt(SQLException error) {
        String text = "the connection to the database " + address.shown()
                + " broke during a commit: that write was stored whole or not at all";
        return unavailable(text, Effect.UNKNOWN, error);
    }

    private BackendUnavailableException unavailable(String text, Effect effect, SQLException error) {
        return isHarmless(error)
                ? new BackendUnavailableException(text, effect, error)
                : new BackendUnavailableException(text, effect);
    }

    private boolean isHarmless(@Nullable Throwable error) {
        int depth = 0;
        for (Throwable cause = error; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (!address.isHarmless(String.valueOf(cause.getMessage()))) {
                return false;
            }
        }
        return true;
    }

    DatabaseAddress address() {
        return address;
    }
}
