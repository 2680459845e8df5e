// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import io.patchbay.bench.node.JavaCommand;
import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.pause.Stalls.Stall;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Watches whether the machine gives its processors: on each one a process waits for a moment, again and again, with a
 * real-time priority. Nothing that this run does can be in its way but a long stay in the kernel; what makes it late is
 * whoever runs the machine, if it is a virtual one. Thread-safe.
 */
final class StallWatch implements AutoCloseable {
    private static final long START_SECONDS = 20;
    private static final List<String> FLAGS = List.of("-Xint", "-XX:+UseSerialGC", "-Xmx16m");

    private final List<Process> watchers = new ArrayList<>();
    private final List<Stall> seen = Collections.synchronizedList(new ArrayList<>());

    private StallWatch() {}

    /** Sees nothing. */
    static StallWatch none() {
        return new StallWatch();
    }

    /** Watches from now on; where the system gives nobody a real-time priority, says so and sees nothing. */
    static StallWatch start() throws InterruptedException {
        StallWatch watch = new StallWatch();
        try {
            for (int processor : processors(Files.readString(Path.of("/proc/self/status")))) {
                watch.watch(processor);
            }
            return watch;
        } catch (IOException | TimeoutException | ExecutionException e) {
            watch.close();
            System.err.println("swap-pause: nobody watches what the machine itself delays: " + e.getMessage()
                    + " (needs Linux, chrt and taskset of util-linux, and the right to use them)");
            return none();
        }
    }

    /** The processors that a status of the kernel allows, such as {@code Cpus_allowed_list: 0-1,4}. */
    static List<Integer> processors(String status) {
        return status.lines()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .flatMap(line ->
                        List.of(line.substring(line.indexOf(':') + 1).strip().split(",")).stream())
                .flatMap(range -> {
                    String[] ends = range.split("-", 2);
                    return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]))
                            .boxed();
                })
                .toList();
    }

    private void watch(int processor) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        List<String> command = new ArrayList<>(List.of("chrt", "-f", "1", "taskset", "-c", String.valueOf(processor)));
        command.addAll(JavaCommand.of(FLAGS, StallWatchProcess.class, List.of()));
        Process watcher = new ProcessBuilder(command).redirectErrorStream(true).start();
        watchers.add(watcher);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(watcher, ready), "stalls-of-processor-" + processor);
        reader.setDaemon(true);
        reader.start();
        ready.get(START_SECONDS, TimeUnit.SECONDS);
    }

    private void read(Process watcher, CompletableFuture<Void> ready) {
        String last = "no output";
        try (BufferedReader out = watcher.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                last = line;
                if (line.equals(NodeProcess.READY)) {
                    ready.complete(null);
                } else if (ready.isDone()) {
                    String[] moments = line.split(" ");
                    seen.add(new Stall(Long.parseLong(moments[0]), Long.parseLong(moments[1])));
                }
            }
        } catch (IOException e) {
            last = String.valueOf(e.getMessage());
        }
        ready.completeExceptionally(new IOException(last));
    }

    /** Whether anybody watches. */
    boolean sees() {
        return !watchers.isEmpty();
    }

    /** What was seen so far. */
    Stalls stalls() {
        synchronized (seen) {
            return Stalls.of(List.copyOf(seen));
        }
    }

    @Override
    public void close() {
        watchers.forEach(Process::destroyForcibly);
        watchers.clear();
    }
}
