// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import io.patchbay.provider.ProviderException;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Prints lines in the order in which they are given, on a thread of its own: a console may take none, a terminal that is held
 * or a pipe that nobody reads, and a plugin must not wait for it.
 *
 * <p>A line is printed when {@link #print} returns, so that it stands before what its giver does next. A console that does not
 * take one within {@value #PATIENCE_MILLIS} ms is behind: nobody waits until it has caught up. At most {@value #CAPACITY}
 * lines wait; what comes on top is dropped, counted, and noted where it is missing.
 *
 * <p>Thread-safe: one lock guards the queue and its counters and is never held while a line is printed.
 */
final class LinePrinter implements AutoCloseable {
    static final int CAPACITY = 4_096;
    static final long PATIENCE_MILLIS = 50;

    private static final long CLOSE_MILLIS = 1_000;

    private final Supplier<PrintStream> console;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private final Condition printed = lock.newCondition();
    private final Deque<String> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long linesGiven;
    private long linesPrinted;
    private long dropped;
    private long gap;
    private boolean behind;
    private boolean closed;

    /**
     * Makes one; {@link #start()} starts it.
     *
     * @param console asked at each line, so that it may be replaced
     */
    LinePrinter(Supplier<PrintStream> console) {
        this.console = console;
        thread = new Thread(this::run, "patchbay-log-console");
        thread.setDaemon(true);
    }

    LinePrinter start() {
        thread.start();
        return this;
    }

    /**
     * Gives a line.
     *
     * @throws ProviderException when it was closed
     */
    void print(String line) {
        lock.lock();
        try {
            if (closed) {
                throw new ProviderException("the console is closed");
            }
            if (waiting.size() >= CAPACITY) {
                dropped++;
                gap++;
                return;
            }
            noteGap();
            add(line);
            await(linesGiven);
        } finally {
            lock.unlock();
        }
    }

    private void add(String line) {
        waiting.addLast(line);
        linesGiven++;
        given.signal();
    }

    private void noteGap() {
        if (gap > 0) {
            add("-- " + gap + " log entries are missing here: the console took none --");
            gap = 0;
        }
    }

    private void await(long number) {
        long left = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            while (linesPrinted < number && !behind && left > 0) {
                left = printed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        behind |= linesPrinted < number;
    }

    private void run() {
        lock.lock();
        try {
            while (true) {
                while (waiting.isEmpty() && !closed) {
                    given.awaitUninterruptibly();
                }
                if (waiting.isEmpty()) {
                    return;
                }
                printFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    private void printFirst() {
        String line = waiting.getFirst();
        lock.unlock();
        try {
            console.get().println(line);
        } finally {
            lock.lock();
        }
        waiting.removeFirst();
        linesPrinted++;
        if (waiting.isEmpty()) {
            noteGap();
            behind = !waiting.isEmpty();
        }
        printed.signalAll();
    }

    /** Why the console is behind; empty when it is not. */
    String trouble() {
        lock.lock();
        try {
            return behind
                    ? "the console takes no lines: " + waiting.size() + " wait"
                            + (gap == 0 ? "" : ", " + gap + " dropped")
                    : "";
        } finally {
            lock.unlock();
        }
    }

    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more lines and gives those that wait a moment; what a console still does not take then is lost with it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            given.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
