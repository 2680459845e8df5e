// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens the store on a thread of its own and keeps trying as long as the server is away or refuses the user.
 *
 * <p>A setting that is wrong, or a database that is somebody else's, ends it: only a change helps then. Thread-safe.
 */
final class JdbcConnector implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long END_MILLIS = 1_000;

    /** Where connections come from; asked on the connector's thread. */
    interface Source {
        DataSource open() throws SQLException;
    }

    private final JdbcSettings settings;
    private final DatabaseTrouble trouble;
    private final Source source;
    private final CompletableFuture<JdbcStore> opening = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final Thread thread;
    private volatile String state = "connecting";
    private volatile @Nullable ConnectionGate gate;
    private volatile boolean closed;

    JdbcConnector(DatabaseAddress address, Source source, JdbcSettings settings) {
        this.settings = settings;
        this.source = source;
        trouble = new DatabaseTrouble(address);
        thread = new Thread(this::connect, "patchbay-jdbc-connect-" + settings.name());
        thread.setDaemon(true);
    }

    /** One that never connects, because the settings cannot be used. */
    static JdbcConnector refusing(ProviderException wrong) {
        return new JdbcConnector(
                new DatabaseAddress("", "", ""),
                () -> {
                    throw wrong;
                },
                new JdbcSettings("refused", 1, Duration.ofSeconds(1)));
    }

    JdbcConnector start() {
        thread.start();
        return this;
    }

    private void connect() {
        try {
            ConnectionGate made = new ConnectionGate(source.open(), trouble, settings.callTimeout());
            gate = made;
            if (closed) {
                made.close();
            }
            openThrough(made);
        } catch (SQLException e) {
            fail(trouble.explain(e));
        } catch (RuntimeException e) {
            fail(e instanceof ProviderException ? e : new ProviderException("the driver failed: " + e.getClass(), e));
        } catch (LinkageError e) {
            fail(new ProviderException("the driver or the pool cannot be loaded: " + e, e));
        }
    }

    private void openThrough(ConnectionGate through) {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                JdbcStore store = JdbcStore.open(through, trouble, settings);
                opening.complete(store);
                if (closed) {
                    store.close();
                }
                ready.complete(null);
                return;
            } catch (SQLException e) {
                state = trouble.describe(e);
            } catch (BackendUnavailableException e) {
                state = String.valueOf(e.getMessage());
            }
            if (through.endsWithin(pause)) {
                fail(new ProviderException("the store was closed before it was open"));
                return;
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private void fail(RuntimeException why) {
        state = String.valueOf(why.getMessage());
        opening.completeExceptionally(why);
        ready.completeExceptionally(why);
    }

    /**
     * The open store.
     *
     * @throws ProviderException when it is not open
     */
    JdbcStore store() {
        if (!opening.isDone()) {
            throw new ProviderException(state);
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
        return opening.isDone() && !opening.isCompletedExceptionally()
                ? opening.join().health()
                : new ProviderHealth(ProviderHealth.Status.DOWN, state);
    }

    /** Ends the attempts and closes what is open. A driver that still waits for its server gives up by itself. */
    @Override
    public void close() {
        closed = true;
        ConnectionGate made = gate;
        if (made != null) {
            made.close();
        }
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (opening.isDone() && !opening.isCompletedExceptionally()) {
            opening.join().close();
        }
    }
}
