// SPDX-License-Identifier: Apache-2.0
package com.example.log.syslog;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A bounded queue, and the one thread that sends what is in it: callers never wait for the server. While the server is away
 * it connects again and again; what does not fit into the queue meanwhile is dropped and counted.
 *
 * <p>Thread-safe.
 */
final class SyslogSender implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;
    private static final long RETRY_MILLIS = 250;
    /** Less than the patience of the component runtime, which is 5 s. */
    private static final long CLOSE_MILLIS = 3_000;

    private final Settings settings;
    private final Consumer<String> lastWords;
    private final SyslogMessage message;
    private final BlockingQueue<LogEntry> queue;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    /** How many of the dropped entries the server was told of. */
    private final AtomicLong told = new AtomicLong();

    private final Thread thread;
    private volatile SyslogConnection connection;
    private volatile String trouble = "";

    private SyslogSender(Settings settings, SyslogConnection connection, Consumer<String> lastWords) {
        this.settings = settings;
        this.connection = connection;
        this.lastWords = lastWords;
        message = new SyslogMessage(settings.facility());
        queue = new ArrayBlockingQueue<>(settings.queue());
        thread = new Thread(this::sendAll, "patchbay-log-syslog");
        thread.setDaemon(true);
    }

    /**
     * Connects and starts sending.
     *
     * @param lastWords is told at the end how many entries were not sent
     * @throws BackendUnavailableException when the server cannot be reached now
     */
    static SyslogSender connect(Settings settings, Consumer<String> lastWords) {
        try {
            SyslogSender sender = new SyslogSender(settings, SyslogConnection.to(settings), lastWords);
            sender.thread.start();
            return sender;
        } catch (IOException | RuntimeException e) {
            throw new BackendUnavailableException(
                    cannotReach(settings, e), BackendUnavailableException.Effect.NONE, e);
        }
    }

    private static String cannotReach(Settings settings, Exception why) {
        return "the syslog server " + settings.server() + " cannot be reached: " + why.getMessage();
    }

    /**
     * Takes an entry; returns at once.
     *
     * @throws ProviderException when it was closed
     */
    void offer(LogEntry entry) {
        if (closing.getCount() == 0) {
            throw new ProviderException("the connection to the syslog server " + settings.server() + " is closed");
        }
        if (!queue.offer(entry)) {
            dropped.incrementAndGet();
        }
    }

    private void sendAll() {
        try {
            boolean open = true;
            while (open || !queue.isEmpty()) {
                open = closing.getCount() > 0;
                LogEntry entry = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (entry != null && !send(entry) || queue.isEmpty() && !tellOfGap()) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closeConnection();
        }
    }

    private boolean send(LogEntry entry) throws InterruptedException {
        boolean done = false;
        try {
            done = send(message.of(entry));
            return done;
        } finally {
            (done ? sent : dropped).incrementAndGet();
        }
    }

    /** The log itself says where entries are missing. */
    private boolean tellOfGap() throws InterruptedException {
        long now = dropped.get();
        long gap = now - told.get();
        if (gap > 0 && !send(message.ofGap(gap, Instant.now()))) {
            return false;
        }
        told.set(now);
        return true;
    }

    /** Sends one frame, on a new connection if need be, until that succeeds; once this is being closed, one last time. */
    private boolean send(byte[] frame) throws InterruptedException {
        boolean again = true;
        while (true) {
            try {
                connected().send(frame);
                trouble = "";
                return true;
            } catch (IOException | RuntimeException e) {
                trouble = cannotReach(settings, e);
                closeConnection();
            }
            if (!again) {
                return false;
            }
            again = !closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private SyslogConnection connected() throws IOException {
        if (!connection.isOpen()) {
            connection = SyslogConnection.to(settings);
        }
        return connection;
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (IOException e) {
            trouble = "the connection to the syslog server " + settings.server() + " was not closed: " + e.getMessage();
        }
    }

    long sent() {
        return sent.get();
    }

    long dropped() {
        return dropped.get();
    }

    ProviderHealth health() {
        String now = trouble;
        long gap = dropped.get() - told.get();
        if (now.isEmpty() && gap == 0) {
            return ProviderHealth.UP;
        }
        String overflow = gap == 0 ? "" : gap + " entries were dropped, because the queue was full";
        String detail = now.isEmpty() || overflow.isEmpty() ? now + overflow : now + "; " + overflow;
        return new ProviderHealth(ProviderHealth.Status.DEGRADED, detail);
    }

    /** Sends what waits, and hangs up; waits at most three seconds for a server that does not read. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
                closeConnection();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        long lost = queue.size() + dropped.get() - told.get();
        if (lost > 0) {
            lastWords.accept(lost + " log entries of plugins did not reach the syslog server " + settings.server());
        }
    }
}
