// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link StateWriterNode} in a process of its own, seen from its parent, which records what it says. */
final class NodeProcess implements AutoCloseable {
    private static final long STARTS_SECONDS = 60;

    private final Process process;
    private final Thread listener;
    private final Path errors;
    private final CountDownLatch ready = new CountDownLatch(1);
    private final List<String> lines = new ArrayList<>();

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
     * @param prefix a command to run it under, empty for none
     * @param folder its folder, the same for those that are to find the same state
     */
    static NodeProcess start(List<String> prefix, Path folder, String durability, int writers) throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Most of its time such a process starts.
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(StateWriterNode.class.getName());
        command.addAll(List.of(folder.toString(), durability, String.valueOf(writers)));
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
    }

    private void heard(String line) {
        synchronized (lines) {
            lines.add(line);
        }
        if (line.equals("ready")) {
            ready.countDown();
        }
    }

    /** Waits until it begins to write. */
    void awaitReady() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTS_SECONDS);
        while (!ready.await(50, TimeUnit.MILLISECONDS)) {
            if (!process.isAlive() || System.nanoTime() - end > 0) {
                throw new AssertionError("the node does not start; see " + errors);
            }
        }
    }

    /** Kills it with SIGKILL, wherever it is, and gives all lines that it had said, in order. */
    List<String> kill() throws InterruptedException {
        List<ProcessHandle> inside = process.descendants().toList();
        if (inside.isEmpty()) {
            process.toHandle().destroyForcibly();
        }
        // A command around the node ends with it, by itself, once it has written what it saw.
        inside.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
        listener.join();
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
