// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.orders;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.itests.harness.Eventually;
import io.patchbay.log.file.FileLogProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.osgi.framework.Bundle;

/**
 * Claims that a node works again after its bundles were stopped, started and refreshed in any order: ours, and those of the
 * component runtime, Config Admin and the HTTP service. What one order leaves is what the next one begins with.
 */
public final class BundleOrders implements NamedRun {
    private static final List<Move> MOVES = List.of(Move.values());
    private static final int LONG = 200;
    private static final int SHORT = 6;
    private static final int TELLS_EVERY = 20;
    private static final int MOST_MOVES = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The tests' own, through which they look. */
    private static final String PROBE = "io.patchbay.itests.probe";

    private enum Move {
        STOP,
        START,
        REFRESH
    }

    @Override
    public String name() {
        return "bundle-orders";
    }

    @Override
    public String description() {
        return "bundles stopped, started and refreshed in 200 random orders end in a node that works, with its state";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Path folder = options.scratch();
        // Of the two providers of logs that writes into a file: what plugins log is not for the output of this run.
        EmbeddedNode.Setup setup = new EmbeddedNode.Setup(
                Map.of("io.patchbay.http", Map.of("admin.token", "of-this-run-alone")),
                Set.of("io.patchbay.log.console"),
                List.of(FileLogProvider.class));
        try (EmbeddedNode node = EmbeddedNode.start(folder, setup)) {
            node.addHttp();
            Run run = new Run(node, Walker.install(node, folder), new Random(options.seed()));
            int wanted = options.repetitions(SHORT, LONG);
            for (int order = 1; order <= wanted; order++) {
                run.order(order);
                if (order % TELLS_EVERY == 0 || order == wanted) {
                    System.err.println("bundle-orders: " + order + " of " + wanted);
                }
            }
            run.report(report);
        }
    }

    /** What was done, and what was found. Used by one thread. */
    private static final class Run {
        private final EmbeddedNode node;
        private final Walker walker;
        private final Random random;
        private final Map<Move, Long> moves = new EnumMap<>(Move.class);
        private long orders;
        private long broken;
        private long slowestMillis;

        Run(EmbeddedNode node, Walker walker, Random random) {
            this.node = node;
            this.walker = walker;
            this.random = random;
        }

        /** Each bundle is moved some times, in an order of its own; then those that stand still are started, in another. */
        void order(int number) throws Exception {
            orders++;
            List<String> done = new ArrayList<>();
            for (Bundle bundle : shuffled(movesOf(bundles()))) {
                Move move = MOVES.get(random.nextInt(MOVES.size()));
                moves.merge(move, 1L, Long::sum);
                done.add(move.name().toLowerCase(Locale.ROOT) + " " + bundle.getSymbolicName());
                make(move, bundle);
            }
            for (Bundle bundle : shuffled(node.bundles())) {
                if (bundle.getState() != Bundle.ACTIVE) {
                    done.add("start " + bundle.getSymbolicName());
                    bundle.start();
                }
            }
            long begin = System.nanoTime();
            node.findProbe();
            try {
                Eventually.holds(PATIENCE, () -> walker.complaint(number).isEmpty());
            } catch (AssertionError never) {
                broken++;
                System.err.println("bundle-orders: order " + number + ": " + walker.complaint(number) + "\n  after: "
                        + String.join(", ", done));
            }
            slowestMillis = Math.max(
                    slowestMillis, Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }

        private List<Bundle> bundles() {
            return node.bundles().stream()
                    .filter(bundle -> !PROBE.equals(bundle.getSymbolicName()))
                    .toList();
        }

        private List<Bundle> movesOf(List<Bundle> bundles) {
            List<Bundle> moved = new ArrayList<>();
            for (Bundle bundle : bundles) {
                moved.addAll(Collections.nCopies(random.nextInt(MOST_MOVES + 1), bundle));
            }
            return moved;
        }

        private void make(Move move, Bundle bundle) throws Exception {
            switch (move) {
                case STOP -> bundle.stop();
                case START -> bundle.start();
                case REFRESH -> node.refresh(bundle);
            }
        }

        private List<Bundle> shuffled(List<Bundle> bundles) {
            List<Bundle> copy = new ArrayList<>(bundles);
            Collections.shuffle(copy, random);
            return copy;
        }

        void report(Report report) {
            report.count("orders", orders, Target.none());
            report.count("bundles", bundles().size(), Target.none());
            for (Move move : MOVES) {
                report.count(move.name().toLowerCase(Locale.ROOT), moves.getOrDefault(move, 0L), Target.none());
            }
            report.never("orders-that-ended-in-a-broken-node", broken);
            report.figure("slowest-until-it-worked", (double) slowestMillis, "ms", Target.none());
        }
    }
}
