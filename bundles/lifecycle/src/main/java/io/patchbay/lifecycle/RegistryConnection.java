// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one connection to the registry's file. Each change is one transaction, on the medium before it returns (write-ahead
 * log, {@code synchronous=FULL}). Thread-safe: one lock.
 */
final class RegistryConnection implements AutoCloseable {
    private final Path file;
    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();

    RegistryConnection(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** A piece of work inside one transaction. */
    interface Work<T> {
        T run(Connection connection) throws SQLException, RegistryException;
    }

    Path file() {
        return file;
    }

    <T> T transaction(Work<T> work) throws RegistryException {
        lock.lock();
        try {
            execute("BEGIN");
            T result = work.run(connection);
            execute("COMMIT");
            return result;
        } catch (SQLException failure) {
            RegistryException refusal = RegistryFile.failed(file, failure);
            rollback(refusal);
            throw refusal;
        } catch (RegistryException | RuntimeException failure) {
            rollback(failure);
            throw failure;
        } finally {
            lock.unlock();
        }
    }

    /** Copies the database as it is now into a file that is not there; nothing beside it is needed. */
    void copyTo(Path target) throws RegistryException {
        lock.lock();
        try (PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, target.toString());
            copy.execute();
        } catch (SQLException failure) {
            throw RegistryFile.failed(file, failure);
        } finally {
            lock.unlock();
        }
    }

    // Transactions are our own statements: after a full disk SQLite has rolled back by itself, and the driver's own
    // bookkeeping would then refuse every later transaction.
    private void execute(String statement) throws SQLException {
        try (Statement step = connection.createStatement()) {
            step.execute(statement);
        }
    }

    private void rollback(Exception cause) {
        try {
            execute("ROLLBACK");
        } catch (SQLException noTransactionLeft) {
            cause.addSuppressed(noTransactionLeft);
        }
    }

    /** Merges the journal into the file and closes it. Idempotent. */
    @Override
    public void close() throws RegistryException {
        lock.lock();
        try {
            connection.close();
        } catch (SQLException failure) {
            throw RegistryFile.failed(file, failure);
        } finally {
            lock.unlock();
        }
    }
}
