// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.nodes;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.node.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Claims that two processes on one database, and on one Redis, lose no write of each other, never see half of a batch, and
 * share a quota to the last key and byte.
 */
public final class TwoNodes implements NamedRun {
    private static final int NODES = 2;
    private static final long SHORT_TURNS = 100;

    /** Half a million writes on each server, from two nodes. */
    private static final long LONG_TURNS = 500_000 / NODES / BulkWork.WRITERS;

    private static final int SHORT_ROUNDS = 3;
    private static final int LONG_ROUNDS = 100;
    private static final long PATIENCE_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final long TELLS_MILLIS = TimeUnit.SECONDS.toMillis(10);

    @Override
    public String name() {
        return "two-nodes";
    }

    @Override
    public String description() {
        return "two processes on one PostgreSQL and on one Redis: nothing is lost or half, and the quota is exact";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        long turns = options.repetitions((int) SHORT_TURNS, (int) LONG_TURNS);
        for (ServerKind kind : ServerKind.values()) {
            Path folder = Files.createDirectory(options.scratch().resolve(kind.provider() + "-run"));
            try (ServerKind.Address server = kind.startIn(folder);
                    Nodes nodes = Nodes.start(folder, kind, server.address())) {
                Shared shared = new Shared(nodes, kind.provider(), report);
                shared.write(turns);
                shared.check(turns);
                int rounds = options.repetitions(SHORT_ROUNDS, LONG_ROUNDS);
                SplittableRandom random = new SplittableRandom(options.seed());
                shared.race(Quota.KEYS, rounds, random);
                shared.race(Quota.BYTES, rounds, random);
            }
        }
    }

    /** What is filled to its end. */
    private enum Quota {
        KEYS(SharedStoreNode.COUNTED, SharedStoreNode.QUOTA_KEYS, 0, 100),
        BYTES(SharedStoreNode.WEIGHED, SharedStoreNode.QUOTA_BYTES, 1, 5_000);

        private final String plugin;
        private final long limit;
        private final int column;
        private final int mostFreed;

        Quota(String plugin, long limit, int column, int mostFreed) {
            this.plugin = plugin;
            this.limit = limit;
            this.column = column;
            this.mostFreed = mostFreed;
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The two processes. */
    private record Nodes(List<NodeProcess> processes, String label) implements AutoCloseable {
        private static Nodes start(Path folder, ServerKind kind, String address) throws Exception {
            List<NodeProcess> started = new ArrayList<>();
            Nodes nodes = new Nodes(started, kind.provider());
            try {
                for (int i = 0; i < NODES; i++) {
                    started.add(SharedStoreNode.start(
                            Files.createDirectory(folder.resolve("node-" + i)), i, kind, address));
                }
                for (NodeProcess node : started) {
                    node.awaitReady();
                }
                return nodes;
            } catch (Exception | AssertionError e) {
                nodes.close();
                throw e;
            }
        }

        /** Has both do the same at once; sums what each was asked for, column by column. */
        private long[] both(String command) throws IOException, InterruptedException {
            return all(List.of(command, command));
        }

        private long[] all(List<String> commands) throws IOException, InterruptedException {
            List<Integer> from = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                from.add(processes.get(i).said());
                processes.get(i).tell(commands.get(i));
            }
            long[] sum = new long[0];
            for (int i = 0; i < NODES; i++) {
                long[] numbers = result(i, from.get(i));
                sum = Arrays.copyOf(sum, numbers.length);
                for (int column = 0; column < numbers.length; column++) {
                    sum[column] += numbers[column];
                }
            }
            return sum;
        }

        private long[] one(int node, String command) throws IOException, InterruptedException {
            int from = processes.get(node).said();
            processes.get(node).tell(command);
            return result(node, from);
        }

        private long[] result(int node, int from) throws InterruptedException {
            NodeProcess process = processes.get(node);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            int next = from;
            long told = System.nanoTime();
            while (true) {
                int seen = next;
                String line = process.await(seen, said -> true, PATIENCE_MILLIS);
                next++;
                if (line.startsWith("done ")) {
                    return Arrays.stream(line.substring(5).split(" "))
                            .mapToLong(Long::parseLong)
                            .toArray();
                }
                if (line.startsWith("wrong ")) {
                    System.err.println("two-nodes: " + label + ": node " + node + ": " + line);
                }
                long now = System.nanoTime();
                if (now - told > TimeUnit.MILLISECONDS.toNanos(TELLS_MILLIS)) {
                    told = now;
                    System.err.println("two-nodes: " + label + ": node " + node + ": " + line);
                }
                if (now - end > 0) {
                    throw new AssertionError("node " + node + " does not come to an end");
                }
            }
        }

        @Override
        public void close() {
            processes.forEach(NodeProcess::close);
        }
    }

    /** What is claimed of one server. */
    private record Shared(Nodes nodes, String server, Report report) {
        private void write(long turns) throws Exception {
            long begin = System.nanoTime();
            long[] counts = nodes.both("write " + turns);
            double seconds = (System.nanoTime() - begin) / 1e9;
            report.count(server + "-writes", counts[0], Target.exactly(turns * BulkWork.WRITERS * NODES));
            report.figure(server + "-rate", counts[0] / seconds, "1/s", Target.none());
            report.never(server + "-failed", counts[1]);
            report.count(server + "-pair-reads", counts[2], Target.atLeast(1));
            report.never(server + "-half-pairs", counts[3]);
            report.never(server + "-pairs-that-went-back", counts[4]);
        }

        /** Each node looks at what the other wrote. */
        private void check(long turns) throws Exception {
            long[] counts = nodes.all(List.of("check 1 " + turns, "check 0 " + turns));
            long keys = 0;
            for (long turn = 0; turn < turns; turn++) {
                keys += Plan.at(turn) == Plan.What.NEW ? 1 : 0;
            }
            report.count(
                    server + "-keys-found-by-the-other", counts[0], Target.exactly(keys * BulkWork.WRITERS * NODES));
            report.never(server + "-lost", counts[1]);
            report.never(server + "-stale", counts[2]);
            report.never(server + "-half-at-the-end", counts[3]);
        }

        /** Fills a quota from both nodes at once, again and again: what is accepted is what there is room for. */
        private void race(Quota quota, int rounds, SplittableRandom random) throws Exception {
            String row = server + "-quota-" + quota.word();
            long room = quota.limit;
            long accepted = 0;
            long tooMany = 0;
            long tooFew = 0;
            long listedOtherwise = 0;
            for (int round = 0; round < rounds; round++) {
                long filled = nodes.both("fill-" + quota.word())[0];
                accepted += filled;
                tooMany += Math.max(0, filled - room);
                tooFew += Math.max(0, room - filled);
                long held = nodes.one(round % NODES, "held " + quota.plugin)[quota.column];
                listedOtherwise += Math.abs(held - quota.limit);
                room = nodes.one(
                                random.nextInt(NODES),
                                "free-" + quota.word() + " " + (1 + random.nextInt(quota.mostFreed)))[0];
            }
            report.count(row + "-rounds", rounds, Target.exactly(rounds));
            report.count(row + "-accepted", accepted, Target.atLeast((double) quota.limit));
            report.never(row + "-accepted-too-many", tooMany);
            report.never(row + "-accepted-too-few", tooFew);
            report.never(row + "-listed-otherwise", listedOtherwise);
        }
    }
}
