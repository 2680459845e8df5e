// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import io.patchbay.provider.ProviderException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The idle readers. A reader is lent to one thread at a time; when none is idle another is opened, and at most
 * {@link #IDLE} are kept.
 */
final class ReaderPool implements AutoCloseable {
    private static final int IDLE = 8;

    /** Each reads on a processor of its own, for what is read is mostly in memory. */
    private static final int AT_ONCE = Math.min(IDLE, Runtime.getRuntime().availableProcessors());

    /** One use of a reader. */
    interface Use<R> {
        R by(StateReader reader) throws SQLException;
    }

    private final StoreFile file;
    private final Deque<StateReader> idle = new ArrayDeque<>();
    private int lent;
    private boolean closed;

    ReaderPool(StoreFile file) {
        this.file = file;
    }

    /** Has readers that have read once, so that the first calls need not wait for their making; else it is closed. */
    synchronized void fill() throws SQLException {
        try {
            for (int made = 0; made < AT_ONCE; made++) {
                StateReader reader = new StateReader(file.connect(false));
                idle.push(reader);
                reader.tryOut();
            }
        } catch (SQLException | RuntimeException e) {
            close();
            throw e;
        }
    }

    <R> R read(Use<R> use) {
        try {
            StateReader reader = borrow();
            boolean reusable = false;
            try {
                R result = use.by(reader);
                reusable = true;
                return result;
            } finally {
                giveBack(reader, reusable);
            }
        } catch (SQLException e) {
            throw file.explain(e);
        }
    }

    private StateReader borrow() throws SQLException {
        synchronized (this) {
            if (closed) {
                throw new ProviderException("the state store " + file.path() + " is closed");
            }
            lent++;
            StateReader reader = idle.poll();
            if (reader != null) {
                return reader;
            }
        }
        try {
            return new StateReader(file.connect(false));
        } catch (SQLException e) {
            forget();
            throw e;
        }
    }

    private synchronized void forget() {
        lent--;
        notifyAll();
    }

    private void giveBack(StateReader reader, boolean reusable) throws SQLException {
        boolean keep;
        synchronized (this) {
            keep = reusable && !closed && idle.size() < IDLE;
            if (keep) {
                idle.push(reader);
            }
        }
        try {
            if (!keep) {
                reader.close();
            }
        } finally {
            forget();
        }
    }

    /** Waits for the readers that are lent, which end by themselves, and closes all. */
    @Override
    public void close() {
        Deque<StateReader> last;
        synchronized (this) {
            closed = true;
            boolean interrupted = false;
            while (lent > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            last = new ArrayDeque<>(idle);
            idle.clear();
        }
        for (StateReader reader : last) {
            try {
                reader.close();
            } catch (SQLException e) {
                throw file.explain(e);
            }
        }
    }
}
