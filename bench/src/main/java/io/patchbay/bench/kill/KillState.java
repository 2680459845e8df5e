// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.NodeProcess;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Claims that no acknowledged state write is lost when the node is killed, wherever that hits it. */
public final class KillState implements NamedRun {
    private static final int SHORT = 10;
    private static final int LONG = 50;
    private static final int WRITERS = 4;
    private static final int LONGEST_LIFE_MILLIS = 1_000;
    private static final int TRACED_MILLIS = 2_000;
    private static final int TRACED_ACKNOWLEDGEMENTS = 20;

    @Override
    public String name() {
        return "kill-state";
    }

    @Override
    public String description() {
        return "a node killed at random moments during state writes: no acknowledged write is lost; syncs are traced";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        int kills = options.repetitions(SHORT, LONG);
        for (String durability : List.of("power", "process")) {
            killOften(options, durability, kills, report);
        }
        trace(options, report);
    }

    private static void killOften(RunOptions options, String durability, int kills, Report report) throws Exception {
        Path folder = Files.createDirectory(options.scratch().resolve(durability));
        SplittableRandom random = new SplittableRandom(options.seed());
        Acknowledged record = new Acknowledged();
        for (int i = 0; i < kills; i++) {
            try (NodeProcess node = start(List.of(), folder, durability, WRITERS)) {
                node.awaitReady();
                pause(random.nextInt(LONGEST_LIFE_MILLIS));
                record.take(node.kill());
            }
        }
        try (NodeProcess last = start(List.of(), folder, durability, WRITERS)) {
            last.awaitReady();
            record.take(last.kill());
        }
        report.count(durability + "-kills", kills, Target.exactly(kills));
        report.count(durability + "-acknowledged", record.acknowledged(), Target.atLeast(kills));
        report.never(durability + "-lost", record.lost());
        report.never(durability + "-refused", record.refused());
    }

    private static NodeProcess start(List<String> prefix, Path folder, String durability, int writers)
            throws IOException {
        List<String> arguments = List.of(folder.toString(), durability, String.valueOf(writers));
        return NodeProcess.start(
                folder, new NodeProcess.Program(StateWriterNode.class, NodeProcess.Life.BRIEF, prefix, arguments));
    }

    /** The length of a node's life is what is random here, so this waits on purpose. */
    private static void pause(int millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private static void trace(RunOptions options, Report report) throws Exception {
        Optional<Path> strace = onPath("strace");
        report.figure("strace-available", strace.isPresent() ? 1 : 0, "bool", Target.exactly(1));
        if (strace.isEmpty()) {
            System.err.println("kill-state: there is no strace on the PATH (Debian package strace): nothing shows that"
                    + " acknowledgements follow a sync");
            return;
        }
        SyncTrace power = traced(strace.get(), options.scratch(), "power");
        report.count("power-acks-after-sync", power.followed(), Target.atLeast(TRACED_ACKNOWLEDGEMENTS));
        report.never("power-acks-without-sync", power.unfollowed());
        // The control: where nothing is synced on purpose, the trace must say so.
        SyncTrace process = traced(strace.get(), options.scratch(), "process");
        report.count(
                "control-process-acks-without-sync", process.unfollowed(), Target.atLeast(TRACED_ACKNOWLEDGEMENTS));
    }

    private static SyncTrace traced(Path strace, Path scratch, String durability) throws Exception {
        Path folder = Files.createDirectory(scratch.resolve("traced-" + durability));
        Path trace = folder.resolve("trace.txt");
        List<String> prefix =
                List.of(strace.toString(), "-f", "-y", "-s", "32", "-e", SyncTrace.CALLS, "-o", trace.toString());
        SyncTrace syncs = new SyncTrace();
        try (NodeProcess node = start(prefix, folder, durability, 1)) {
            node.awaitReady();
            pause(TRACED_MILLIS);
            node.kill();
        }
        syncs.take(Files.readAllLines(trace, StandardCharsets.ISO_8859_1));
        return syncs;
    }

    private static Optional<Path> onPath(String command) {
        return Arrays.stream(
                        Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
