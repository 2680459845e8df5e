// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Connects a provider to what stands behind it as {@link Provider#ready()} asks: on a thread of its own, so that activation
 * never waits, and again and again as long as it is away.
 *
 * <pre>{@code
 * private final BackendConnector<MailServer> connector;
 *
 * @Activate
 * public MailProvider(MailConfiguration settings) {
 *     connector = new BackendConnector<>("mail", () -> MailServer.connect(settings));
 * }
 *
 * @Deactivate void deactivate() { connector.close(); }
 *
 * public CompletionStage<Void> ready() { return connector.ready(); }
 * public ProviderHealth health() { return connector.health(MailServer::health); }
 * public void send(Mail mail) { connector.backend().send(mail); }
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @param <B> what it is connected to; closed with the connector
 */
public final class BackendConnector<B extends AutoCloseable> implements AutoCloseable {
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;
    private static final long END_MILLIS = 1_000;

    private final Attempt<B> attempt;
    private final CompletableFuture<B> opening = new CompletableFuture<>();
    private final CompletableFuture<Void> ready = opening.thenAccept(backend -> {});
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean backendClosed = new AtomicBoolean();
    private final Thread thread;
    private volatile String trouble = "connecting";

    /**
     * How a connection is made.
     *
     * @param <B> what it is made to
     */
    @FunctionalInterface
    @ConsumerType
    public interface Attempt<B> {
        /**
         * Tries once. Called on the connector's thread, one call after the other; checks settings too, so that what is wrong
         * with them is said by {@link Provider#ready()}.
         *
         * @return not null
         * @throws BackendUnavailableException when another attempt may succeed without a change of the settings; there is
         *     one after a pause of 100 ms, and twice as long each time up to 2 s
         * @throws ProviderException when it cannot succeed: a wrong setting, somebody else's data; there is no other attempt
         */
        B connect();
    }

    /**
     * Starts connecting.
     *
     * @param name for the name of its thread, not null
     * @param attempt not null
     */
    public BackendConnector(String name, Attempt<B> attempt) {
        this.attempt = Objects.requireNonNull(attempt, "attempt");
        thread = new Thread(this::connect, "patchbay-connect-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void connect() {
        long pause = FIRST_PAUSE_MILLIS;
        while (true) {
            try {
                opening.complete(attempt.connect());
                if (closed.getCount() == 0) {
                    closeBackend();
                }
                return;
            } catch (BackendUnavailableException away) {
                trouble = String.valueOf(away.getMessage());
            } catch (ProviderException useless) {
                fail(useless);
                return;
            } catch (RuntimeException | LinkageError e) {
                fail(new ProviderException("it cannot be connected: " + e, e));
                return;
            }
            if (endsWithin(pause)) {
                fail(new ProviderException("it was closed before it was connected"));
                return;
            }
            pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        }
    }

    private boolean endsWithin(long millis) {
        try {
            return closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void fail(ProviderException why) {
        trouble = String.valueOf(why.getMessage());
        opening.completeExceptionally(why);
    }

    /**
     * For {@link Provider#ready()}.
     *
     * @return completes when it is connected, exceptionally when it will not be; never null
     */
    public CompletionStage<Void> ready() {
        return ready.minimalCompletionStage();
    }

    /**
     * For {@link Provider#health()}.
     *
     * @param connected how it is once it is connected, not null
     * @return down before that, with the reason; never null
     */
    public ProviderHealth health(Function<? super B, ProviderHealth> connected) {
        return opening.isDone() && !opening.isCompletedExceptionally()
                ? connected.apply(opening.join())
                : new ProviderHealth(ProviderHealth.Status.DOWN, trouble);
    }

    /**
     * What it is connected to; still given after {@link #close()}, and then closed.
     *
     * @return never null
     * @throws ProviderException when it is not connected, with the reason
     */
    public B backend() {
        if (!opening.isDone()) {
            throw new ProviderException(trouble);
        }
        try {
            return opening.join();
        } catch (CompletionException failure) {
            throw new ProviderException(trouble, failure);
        }
    }

    /**
     * Ends the attempts and closes what is connected; waits at most a second for an attempt that is under way, whose
     * connection is closed as soon as it is there. Idempotent.
     *
     * @throws ProviderException when it cannot be closed in order
     */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closeBackend();
    }

    private void closeBackend() {
        boolean connected = opening.isDone() && !opening.isCompletedExceptionally();
        if (!connected || !backendClosed.compareAndSet(false, true)) {
            return;
        }
        try {
            opening.join().close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ProviderException("it cannot be closed: " + e, e);
        }
    }
}
