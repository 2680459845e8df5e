// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.RelayPlugin;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** An operator moves a plugin's keys to another store while the plugin, and another one, write. */
final class CopyPause {
    private static final double MOST_HELD_MILLIS = 50;
    private static final int SHORT_KEYS = 300;
    private static final int LONG_KEYS = 10_000;
    private static final int SHORT_ROUNDS = 1;
    private static final int LONG_ROUNDS = 3;
    private static final int WRITERS = 2;
    private static final int WRITES_PER_SECOND = 200;
    private static final long SHORT_CONTROL = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONG_CONTROL = TimeUnit.SECONDS.toNanos(3);

    private final PauseNode node;
    private final String from;
    private final String to;
    private final RunOptions options;

    /**
     * One move.
     *
     * @param keys how many the node says it moved
     * @param tookMillis from the command to its end, as the node says
     * @param heldMillis how long the plugin's writes were held, as the node says
     * @param lost keys without the value that was acknowledged last
     * @param failed writes that were not acknowledged
     * @param othersHeld writes of the other plugin that waited in the patch bay
     * @param without the plugin's writes before the move
     * @param during its writes during the move
     * @param othersWithout the other plugin's writes before the move
     * @param othersDuring its writes during the move
     */
    private record Move(
            long keys,
            long tookMillis,
            long heldMillis,
            long lost,
            long failed,
            long othersHeld,
            Latencies without,
            Latencies during,
            Latencies othersWithout,
            Latencies othersDuring) {}

    CopyPause(PauseNode node, String from, String to, RunOptions options) {
        this.node = node;
        this.from = from;
        this.to = to;
        this.options = options;
    }

    void run(Report report) throws Exception {
        node.bind(from);
        List<Move> moves = new ArrayList<>();
        for (int round = 0; round < options.repetitions(SHORT_ROUNDS, LONG_ROUNDS); round++) {
            moves.add(move(round));
        }
        report(moves, report);
    }

    private Move move(int round) throws Exception {
        int count = options.repetitions(SHORT_KEYS, LONG_KEYS);
        RelayPlugin plugin = node.install("copied-to-" + to + "-" + round);
        RelayPlugin other = node.install("beside-" + to + "-" + round);
        MovedKeys keys = new MovedKeys(plugin, count);
        MovedKeys others = new MovedKeys(other, count);
        keys.fill();
        others.fill();
        try (Callers callers = new Callers()) {
            List<PacedCaller> writers = callers.start(writers(keys), WRITES_PER_SECOND);
            List<PacedCaller> besides = callers.start(writers(others), WRITES_PER_SECOND);
            SwapWindows.rest(options.shortForm() ? SHORT_CONTROL : LONG_CONTROL);
            long waitsBefore = node.waits(other);
            long begin = System.nanoTime();
            Map<String, Object> told = node.copy(to, plugin);
            long end = System.nanoTime();
            long waits = node.waits(other) - waitsBefore;
            SwapWindows.rest(SHORT_CONTROL);
            callers.end();
            if (!node.serving(plugin).equals(to) || !node.serving(other).equals(from)) {
                throw new AssertionError("after the move " + node.serving(plugin) + " serves the plugin and "
                        + node.serving(other) + " the other one");
            }
            PacedCaller.Condition before = (due, done) -> done - begin < 0;
            PacedCaller.Condition meanwhile = (due, done) -> due - end < 0 && done - begin >= 0;
            return new Move(
                    number("keys", told),
                    number("tookMillis", told),
                    number("heldMillis", told),
                    keys.lost() + others.lost(),
                    keys.failed() + others.failed(),
                    waits,
                    Callers.latencies(writers, before),
                    Callers.latencies(writers, meanwhile),
                    Callers.latencies(besides, before),
                    Callers.latencies(besides, meanwhile));
        }
    }

    private List<PacedCaller.Step> writers(MovedKeys keys) {
        List<PacedCaller.Step> steps = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            steps.add(keys.writer(writer, WRITERS, options.seed()));
        }
        return steps;
    }

    private static long number(String name, Map<String, Object> told) {
        return ((Number) Objects.requireNonNull(told.get(name), name)).longValue();
    }

    private void report(List<Move> moves, Report report) {
        String row = from + "-" + to + "-copy-";
        int count = options.repetitions(SHORT_KEYS, LONG_KEYS);
        report.count(row + "moves", moves.size(), Target.exactly(options.repetitions(SHORT_ROUNDS, LONG_ROUNDS)));
        report.count(row + "keys", moves.stream().mapToLong(Move::keys).min().orElse(0), Target.exactly(count));
        report.never(row + "lost", moves.stream().mapToLong(Move::lost).sum());
        report.never(
                row + "failed-writes", moves.stream().mapToLong(Move::failed).sum());
        report.never(
                row + "held-others", moves.stream().mapToLong(Move::othersHeld).sum());
        if (options.shortForm()) {
            return;
        }
        report.figure(row + "took", worst(moves, Move::tookMillis), "ms", Target.none());
        report.figure(
                row + "rate",
                worst(moves, move -> -1e3 * move.keys() / move.tookMillis()) * -1,
                "keys/s",
                Target.none());
        report.figure(row + "held-this-plugin", worst(moves, Move::heldMillis), "ms", Target.atMost(MOST_HELD_MILLIS));
        report.figure(
                row + "longest-write-without",
                worst(moves, move -> move.without().longestMillis()),
                "ms",
                Target.none());
        report.figure(
                row + "longest-write-added",
                worst(
                        moves,
                        move -> move.during().longestMillis() - move.without().longestMillis()),
                "ms",
                Target.atMost(MOST_HELD_MILLIS));
        report.figure(
                row + "others-longest-write-without",
                worst(moves, move -> move.othersWithout().longestMillis()),
                "ms",
                Target.none());
        report.figure(
                row + "others-longest-write-added",
                worst(
                        moves,
                        move -> move.othersDuring().longestMillis()
                                - move.othersWithout().longestMillis()),
                "ms",
                Target.none());
    }

    private static double worst(List<Move> moves, ToDoubleFunction<Move> figure) {
        return moves.stream().mapToDouble(figure).max().orElse(Double.NaN);
    }
}
