// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A node in a process of its own, seen from its parent: takes commands as lines of its standard input, and what it says as
 * lines of its standard output, in order. Its class has a {@code main} that speaks through a {@link ParentProcess}.
 */
public final class NodeProcess implements AutoCloseable {
    /** What a node says once it can do what it is there for. */
    public static final String READY = "ready";

    private static final long STARTS_SECONDS = 300;
    private static final int LAST_ERRORS = 20;

    private final Process process;
    private final Thread listener;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    /** How the virtual machine of a node is started. */
    public enum Life {
        /** It is killed soon: most of its time it starts. */
        BRIEF(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")),
        /** It stays, as a node that is started with {@code patchbay start}. */
        LONG(List.of("-XX:-DontCompileHugeMethods", "-XX:+UseZGC", "-Xmx2g")),
        /** It stays, and keeps nothing of its methods for the optimizing compiler. */
        LONG_UNPROFILED(Stream.concat(
                        LONG.flags.stream(), Stream.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"))
                .toList());

        @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
        private final List<String> flags;

        Life(List<String> flags) {
            this.flags = flags;
        }
    }

    /**
     * What is started.
     *
     * @param main the class
     * @param life how long it lives
     * @param prefix a command to run it under, empty for none
     * @param arguments of its main method
     * @param first jars on its class path before ours
     */
    public record Program(Class<?> main, Life life, List<String> prefix, List<String> arguments, List<Path> first) {
        /** Copies the collections. */
        public Program {
            prefix = List.copyOf(prefix);
            arguments = List.copyOf(arguments);
            first = List.copyOf(first);
        }

        /** One whose class path is ours. */
        public Program(Class<?> main, Life life, List<String> prefix, List<String> arguments) {
            this(main, life, prefix, arguments, List.of());
        }
    }

    private NodeProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.listener = new Thread(this::listen, "node-process-listener");
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Starts one.
     *
     * @param folder where {@code errors.txt} gets what it writes to standard error
     * @param program what is started
     */
    public static NodeProcess start(Path folder, Program program) throws IOException {
        List<String> command = new ArrayList<>(program.prefix());
        command.addAll(JavaCommand.of(program.life().flags, program.first(), program.main(), program.arguments()));
        File errors = folder.resolve("errors.txt").toFile();
        return new NodeProcess(
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(errors))
                        .start(),
                errors.toPath());
    }

    private void listen() {
        try (BufferedReader in = process.inputReader(StandardCharsets.US_ASCII)) {
            StringBuilder line = new StringBuilder();
            // By character: a line that the kill has cut off, without its end, was not said.
            for (int c = in.read(); c >= 0; c = in.read()) {
                if (c != '\n') {
                    line.append((char) c);
                    continue;
                }
                heard(line.toString());
                line.setLength(0);
            }
        } catch (IOException e) {
            heard("broken " + e);
        }
        synchronized (lines) {
            ended = true;
            lines.notifyAll();
        }
    }

    private void heard(String line) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }

    /** Waits until it can do what it is there for. */
    public void awaitReady() throws InterruptedException {
        await(READY::equals, TimeUnit.SECONDS.toMillis(STARTS_SECONDS));
    }

    /** How many lines it has said. */
    public int said() {
        synchronized (lines) {
            return lines.size();
        }
    }

    /** What it has said so far, from some line on. */
    public List<String> said(int from) {
        synchronized (lines) {
            return List.copyOf(lines.subList(from, lines.size()));
        }
    }

    /** Waits for a line, of those that were said already too; gives the first that fits. */
    public String await(Predicate<String> wanted, long millis) throws InterruptedException {
        return await(0, wanted, millis);
    }

    /**
     * Waits for a line; gives the first that fits.
     *
     * @param from how many lines are not looked at
     */
    public String await(int from, Predicate<String> wanted, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        int next = from;
        synchronized (lines) {
            while (true) {
                for (; next < lines.size(); next++) {
                    if (wanted.test(lines.get(next))) {
                        return lines.get(next);
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError("the node " + (ended ? "ended" : "did not say it in " + millis + " ms")
                            + "; its last lines are " + lines.subList(Math.max(0, lines.size() - 5), lines.size())
                            + ", its last errors " + lastErrors());
                }
                lines.wait(left);
            }
        }
    }

    private List<String> lastErrors() {
        try {
            List<String> all = Files.readAllLines(errors);
            return all.subList(Math.max(0, all.size() - LAST_ERRORS), all.size());
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    /** Tells it something. */
    public void tell(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    /** Kills it with SIGKILL, wherever it is, and gives all lines that it had said, in order. */
    public List<String> kill() throws InterruptedException {
        List<ProcessHandle> inside = process.descendants().toList();
        if (inside.isEmpty()) {
            process.toHandle().destroyForcibly();
        }
        // A command around the node ends with it, by itself, once it has written what it saw.
        inside.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        listener.join();
        return said(0);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
