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
        Node open() throws AdminException;
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
            Node fresh = opener.open();
            fresh.start();
            node = fresh;
            lastRefusal = "";
            listener.opened(fresh);
            return fresh.root();
        } catch (AdminException refusal) {
            lastRefusal = Texts.reason((Throwable) refusal);
            throw refusal;
        } finally {
            changing.unlock();
        }
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
