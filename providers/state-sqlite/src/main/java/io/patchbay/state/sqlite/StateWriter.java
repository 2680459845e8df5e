// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import io.patchbay.provider.ProviderException;
import io.patchbay.provider.state.QuotaExceededException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The one writer: gathers the writes that wait into one transaction, so that one sync acknowledges all of them.
 *
 * <p>{@link #write} may be called from any thread and returns when the write is committed. Everything else happens on the
 * writer's own thread. When a transaction of several writes fails, each is tried again alone, so that one write that
 * cannot be stored fails no other.
 */
final class StateWriter implements AutoCloseable {
    private static final int GROUP = 256;
    private static final int MOST_WAITING = 4_096;

    private final StoreFile file;
    private final Connection connection;
    private final Transaction transaction;
    private final WriteStatements statements;
    private final Consumer<WriteOperation> committed;
    private final Object lock = new Object();
    private final Queue<WriteOperation> waiting = new ArrayDeque<>();
    private final Thread thread;
    private boolean closed;

    /**
     * Starts the writer.
     *
     * @param file for its error texts
     * @param connection the writer's own; closed by {@link #close()}
     * @param committed hears each operation that changed something, after its commit and before its caller does
     */
    StateWriter(StoreFile file, Connection connection, Consumer<WriteOperation> committed) throws SQLException {
        this.file = file;
        this.connection = connection;
        this.committed = committed;
        transaction = new Transaction(connection);
        statements = new WriteStatements(connection);
        thread = new Thread(this::run, "patchbay-sqlite-writer");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /**
     * Hands a write over and waits until it is committed.
     *
     * @throws ProviderException when it was not stored
     */
    Optional<QuotaExceededException> write(WriteOperation operation) {
        synchronized (lock) {
            if (closed) {
                throw new ProviderException("the state store " + file.path() + " is closed");
            }
            if (waiting.size() >= MOST_WAITING) {
                throw new ProviderException("the state store " + file.path() + " is too slow: " + MOST_WAITING
                        + " writes wait for it already. Nothing of this write was stored");
            }
            waiting.add(operation);
            lock.notifyAll();
        }
        try {
            return operation.outcome().join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof ProviderException explained) {
                throw new ProviderException(String.valueOf(explained.getMessage()), explained);
            }
            throw failure;
        }
    }

    private void run() {
        while (true) {
            List<WriteOperation> group = nextGroup();
            if (group.isEmpty()) {
                return;
            }
            try {
                commit(group);
            } catch (SQLException together) {
                transaction.rollback();
                group.forEach(this::commitAlone);
            }
        }
    }

    private List<WriteOperation> nextGroup() {
        synchronized (lock) {
            while (waiting.isEmpty() && !closed) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // Nobody but this class knows the thread, so nobody has a reason to interrupt it.
                }
            }
            List<WriteOperation> group = new ArrayList<>(Math.min(GROUP, waiting.size()));
            while (group.size() < GROUP && !waiting.isEmpty()) {
                group.add(waiting.remove());
            }
            return group;
        }
    }

    private void commitAlone(WriteOperation operation) {
        try {
            commit(List.of(operation));
        } catch (SQLException alone) {
            transaction.rollback();
            operation.outcome().completeExceptionally(file.explain(alone));
        }
    }

    private void commit(List<WriteOperation> group) throws SQLException {
        List<Optional<QuotaExceededException>> outcomes = new ArrayList<>(group.size());
        transaction.beginWrite();
        for (WriteOperation operation : group) {
            outcomes.add(statements.apply(operation));
        }
        transaction.commit();
        for (int i = 0; i < group.size(); i++) {
            Optional<QuotaExceededException> outcome = outcomes.get(i);
            if (outcome.isEmpty()) {
                committed.accept(group.get(i));
            }
            group.get(i).outcome().complete(outcome);
        }
    }

    /** Commits what waits, stops the thread and closes the connection. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try (connection) {
            statements.close();
        } catch (SQLException e) {
            throw file.explain(e);
        }
    }
}
