// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.BackendConnector;
import io.patchbay.provider.ProviderException;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens the store, attempt by attempt, as long as the server is away or refuses the user. A setting that is wrong, or a
 * database that is somebody else's, ends it. A driver that is not installed is waited for: bundles start in any order.
 * Thread-safe.
 */
final class StoreOpening implements BackendConnector.Attempt<JdbcStore>, AutoCloseable {
    /** Where connections come from; asked with the first attempt. */
    interface Source {
        DataSource open() throws SQLException;
    }

    private final JdbcSettings settings;
    private final DatabaseTrouble trouble;
    private final Source source;
    private @Nullable ConnectionGate gate;
    private boolean closed;

    StoreOpening(DatabaseAddress address, Source source, JdbcSettings settings) {
        this.settings = settings;
        this.source = source;
        trouble = new DatabaseTrouble(address);
    }

    /** One that cannot succeed, because the settings cannot be used. */
    static StoreOpening refusing(ProviderException wrong) {
        return new StoreOpening(
                new DatabaseAddress("", "", ""),
                () -> {
                    throw wrong;
                },
                new JdbcSettings("refused", 1, Duration.ofSeconds(1)));
    }

    @Override
    public JdbcStore connect() {
        ConnectionGate through;
        try {
            through = gate();
        } catch (SQLException e) {
            throw trouble.explain(e);
        } catch (IllegalArgumentException e) {
            throw new ProviderException("the driver does not understand the setting url: "
                    + trouble.address().shown() + "; it is jdbc:postgresql://HOST:PORT/DATABASE or jdbc:h2:FILE");
        }
        try {
            return JdbcStore.open(through, trouble, settings);
        } catch (SQLException e) {
            throw trouble.notYet(e);
        }
    }

    private synchronized ConnectionGate gate() throws SQLException {
        ConnectionGate known = gate;
        if (known == null) {
            known = new ConnectionGate(source.open(), trouble, settings.callTimeout());
            gate = known;
            if (closed) {
                known.close();
            }
        }
        return known;
    }

    /** Ends an attempt that waits. A driver that still waits for its server gives up by itself. */
    @Override
    public synchronized void close() {
        closed = true;
        ConnectionGate known = gate;
        if (known != null) {
            known.close();
        }
    }
}
