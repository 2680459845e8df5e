// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.NodeAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Opens the node once, on whose demand ever, and closes it once. Thread-safe. */
final class NodeDoor implements NodeAdmin, AutoCloseable {
    /** How long a node that stops waits for its calls; the component runtime gives up at 5 s (OSGI 5.3). */
    private static final Duration STOP_TIME = Duration.ofSeconds(3);

    private final Opener opener;
    private final Listener listener;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile @Nullable Node node;
    private volatile String lastRefusal = "";
    private volatile boolean closed;

    /** Opens the node's folder. */
    interface Opener {
        /** Takes its lock. */
        NodeFolder lock() throws AdminException;

        /** Opens a node on it; the lock is free again when that fails. */
        Node open(NodeFolder folder) throws AdminException;
    }

    /** Changes the content of a folder in which nothing is open. */
    interface Exchange {
        void run() throws AdminException;
    }

    /** Prepares a change of what is in a folder, while the node still runs. */
    interface Preparation {
        Exchange prepare(NodeFolder folder) throws AdminException;
    }

    /** Hears when the folder may be used by others, and when no longer. */
    interface Listener {
        void opened(Node node);

        void closing(Node node);
    }

    NodeDoor(Opener opener, Listener listener) {
        this.opener = opener;
        this.listener = listener;
    }

    @Override
    public Path open() throws AdminException {
        changing.lock();
        try {
            if (closed) {
                throw new AdminException(Problem.UNAVAILABLE, "the node is stopping");
            }
            Node open = node;
            if (open != null) {
                return open.root();
            }
            return open(opener.lock());
        } catch (AdminException refusal) {
            lastRefusal = Texts.reason((Throwable) refusal);
            throw refusal;
        } finally {
            changing.unlock();
        }
    }

    private Path open(NodeFolder folder) throws AdminException {
        Node fresh = opener.open(folder);
        fresh.start();
        node = fresh;
        lastRefusal = "";
        listener.opened(fresh);
        return fresh.root();
    }

    /**
     * Exchanges the content of the folder: prepares while the node runs, closes it but keeps the lock, exchanges, and opens
     * again, on what was there before when the exchange failed. A folder that is not open is locked for it.
     *
     * @throws AdminException whatever preparation, exchange or opening refuses
     */
    void exchange(Preparation preparation) throws AdminException {
        changing.lock();
        try {
            if (closed) {
                throw new AdminException(Problem.UNAVAILABLE, "the node is stopping");
            }
            Node open = node;
            if (open == null) {
                exchangeUnopened(preparation);
                return;
            }
            open.refuseReadOnly();
            Exchange exchange = preparation.prepare(open.folder());
            open.plugins().stop(STOP_TIME);
            node = null;
            listener.closing(open);
            NodeFolder folder = open.leaveFolder();
            try {
                exchange.run();
            } finally {
                open(folder);
            }
        } catch (AdminException refusal) {
            lastRefusal = Texts.reason((Throwable) refusal);
            throw refusal;
        } finally {
            changing.unlock();
        }
    }

    private void exchangeUnopened(Preparation preparation) throws AdminException {
        NodeFolder folder = opener.lock();
        try {
            preparation.prepare(folder).run();
        } catch (AdminException | RuntimeException failure) {
            folder.close();
            throw failure;
        }
        open(folder);
    }

    /** The open node, if it is open. */
    Optional<Node> opened() {
        return Optional.ofNullable(node);
    }

    /** @throws AdminException {@code UNAVAILABLE} while it is not open */
    Node node() throws AdminException {
        Node open = node;
        if (open != null) {
            return open;
        }
        String why = lastRefusal;
        throw new AdminException(
                Problem.UNAVAILABLE,
                why.isEmpty() ? "the data folder is not open" : "the data folder is not open: " + why);
    }

    /** Stops what serves, lets others close what they keep in the folder, then gives the folder back. Idempotent. */
    @Override
    public void close() {
        changing.lock();
        try {
            closed = true;
            Node open = node;
            if (open == null) {
                return;
            }
            open.plugins().stop(STOP_TIME);
            node = null;
            listener.closing(open);
            open.close();
        } finally {
            changing.unlock();
        }
    }
}
