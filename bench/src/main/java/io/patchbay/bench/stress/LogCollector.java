// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.node.EmbeddedNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Gathers numbered lines wherever they arrive: at the witness providers, in the framework's log, on the console, and at the
 * end in the files. While it is open, the process's console is seen through.
 */
final class LogCollector implements AutoCloseable {
    private static final long PACE_MILLIS = 100;
    /** How the component runtime says that it gave up on somebody. */
    private static final Pattern GAVE_UP = Pattern.compile("timeout|timed out", Pattern.CASE_INSENSITIVE);

    private static final int MOST_INCIDENTS = 20;

    private final EmbeddedNode node;
    private final LogBook book;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> timeouts = new ArrayList<>();
    private final List<String> incidents = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final Thread thread;

    LogCollector(EmbeddedNode node, LogBook book) {
        this.node = node;
        this.book = book;
        System.setOut(new Console(out));
        System.setErr(new Console(err));
        thread = new Thread(this::collectAllTheTime, "log-collector");
        thread.setDaemon(true);
        thread.start();
    }

    /** Passes on what is no numbered line. */
    private final class Console extends PrintStream {
        Console(PrintStream behind) {
            super(behind, true, StandardCharsets.UTF_8);
        }

        @Override
        public void println(String text) {
            if (!book.take(text)) {
                super.println(text);
            }
        }
    }

    private void collectAllTheTime() {
        try {
            while (!ended.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) {
                collect();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void collect() {
        node.lines("sink").forEach(book::take);
        for (String line : node.lines("frameworkLog")) {
            if (!book.take(line)) {
                remark(line);
            }
        }
    }

    private void remark(String line) {
        if (line.startsWith("ERROR") && !line.contains("incident")) {
            errors.add(line);
        }
        if (GAVE_UP.matcher(line).find()) {
            timeouts.add(line);
        } else if (line.contains("incident") && incidents.size() < MOST_INCIDENTS) {
            incidents.add(line);
        }
    }

    /** What the framework's log has of time that ran out. */
    synchronized List<String> timeouts() {
        return List.copyOf(timeouts);
    }

    /** Other errors in the framework's log. */
    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    /** What the framework's log has of failures that plugins were told of, the first ones. */
    synchronized List<String> incidents() {
        return List.copyOf(incidents);
    }

    /** After the node has stopped: what the provider {@code file} wrote into its folder. */
    void takeFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.forEach(book::take);
                }
            }
        }
    }

    /** Takes what is there; the node must still run. */
    @Override
    public void close() {
        ended.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        collect();
        System.setOut(out);
        System.setErr(err);
    }
}
