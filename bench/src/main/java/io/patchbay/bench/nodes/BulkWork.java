// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.nodes;

import io.patchbay.bench.node.ParentProcess;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RelayedState;
import io.patchbay.bench.node.RelayedState.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** One node's share of the writes that both nodes make at once, and its look at those of the other. */
final class BulkWork {
    /** Writers of one node. */
    static final int WRITERS = 8;

    private static final int TOLD_EVERY = 1_000;
    private static final int WRONG_TOLD = 10;

    private final int number;
    private final RelayPlugin plugin;
    private final ParentProcess parent;
    private final AtomicLong wrongs = new AtomicLong();

    BulkWork(int number, RelayPlugin plugin, ParentProcess parent) {
        this.number = number;
        this.plugin = plugin;
        this.parent = parent;
    }

    /** What one thread counted. */
    private static final class Counts {
        private long acknowledged;
        private long failed;
        private long pairReads;
        private long half;
        private long wentBack;
        private long lost;
        private long stale;

        private Counts plus(Counts other) {
            acknowledged += other.acknowledged;
            failed += other.failed;
            pairReads += other.pairReads;
            half += other.half;
            wentBack += other.wentBack;
            lost += other.lost;
            stale += other.stale;
            return this;
        }
    }

    /** One thread's share. */
    private interface Share {
        Counts run() throws Exception;
    }

    /** Has every writer make so many turns, while one thread reads the pairs: acknowledged, failed, reads, half, went back. */
    String write(long turns) throws Exception {
        AtomicLong done = new AtomicLong();
        List<Share> shares = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Plan plan = new Plan(number, writer);
            shares.add(() -> write(plan, turns, done));
        }
        shares.add(() -> readPairs(done, turns * WRITERS));
        Counts counts = all(shares);
        return counts.acknowledged + " " + counts.failed + " " + counts.pairReads + " " + counts.half + " "
                + counts.wentBack;
    }

    private static Counts all(List<Share> shares) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(shares.size());
        try {
            List<Future<Counts>> running =
                    shares.stream().map(share -> threads.submit(share::run)).toList();
            Counts sum = new Counts();
            for (Future<Counts> counts : running) {
                sum.plus(counts.get());
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }

    private Counts write(Plan plan, long turns, AtomicLong done) throws IOException {
        RelayedState state = new RelayedState(plugin, plan.tenant());
        Counts counts = new Counts();
        for (long turn = 0; turn < turns; turn++) {
            Answer answer = write(state, plan, turn);
            if (answer.done()) {
                counts.acknowledged++;
            } else {
                counts.failed++;
                wrong(plan.name() + " at " + turn + ": " + answer.status() + " " + answer.error());
            }
            if (done.incrementAndGet() % TOLD_EVERY == 0) {
                parent.say("at " + done.get());
            }
        }
        return counts;
    }

    private static Answer write(RelayedState state, Plan plan, long turn) {
        return switch (Plan.at(turn)) {
            case NEW -> state.set(plan.newKey(turn), Long.toString(turn));
            case OWN -> state.set(plan.ownKey(), Long.toString(turn));
            case PAIR -> {
                String value = plan.pairValue(turn);
                yield state.setMany(Map.of(Plan.LEFT, value, Plan.RIGHT, value));
            }
        };
    }

    /** Both halves are one write's, and what one writer wrote is never older than what was read before. */
    private Counts readPairs(AtomicLong done, long all) {
        List<RelayedState> tenants = new ArrayList<>();
        for (int tenant = 0; tenant < Plan.TENANTS; tenant++) {
            tenants.add(new RelayedState(plugin, tenant));
        }
        Map<String, Long> newest = new HashMap<>();
        Counts counts = new Counts();
        do {
            for (RelayedState tenant : tenants) {
                readPair(tenant, newest, counts);
            }
        } while (done.get() < all);
        return counts;
    }

    private void readPair(RelayedState state, Map<String, Long> newest, Counts counts) {
        Answer answer = state.getMany(List.of(Plan.LEFT, Plan.RIGHT));
        if (!answer.done()) {
            counts.failed++;
            wrong("read of a pair: " + answer.status() + " " + answer.error());
            return;
        }
        if (answer.values().isEmpty()) {
            return;
        }
        counts.pairReads++;
        String left = answer.values().getOrDefault(Plan.LEFT, "");
        String right = answer.values().getOrDefault(Plan.RIGHT, "");
        Optional<Plan.Written> written = Plan.written(left);
        if (!left.equals(right) || written.isEmpty()) {
            counts.half++;
            wrong("a pair is '" + left + "' and '" + right + "'");
            return;
        }
        long turn = written.get().turn();
        Long before = newest.put(written.get().writer(), turn);
        if (before != null && before > turn) {
            counts.wentBack++;
            wrong("a pair went back from " + written.get().writer() + ":" + before + " to " + left);
        }
    }

    /** Looks whether all that a node was acknowledged is there: keys looked at, lost, stale, half. */
    String check(int node, long turns) throws Exception {
        List<Share> shares = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            Plan plan = new Plan(node, writer);
            shares.add(() -> check(plan, turns));
        }
        Counts counts = all(shares);
        return counts.acknowledged + " " + counts.lost + " " + counts.stale + " " + counts.half;
    }

    private Counts check(Plan plan, long turns) {
        RelayedState state = new RelayedState(plugin, plan.tenant());
        Counts counts = new Counts();
        Map<String, String> wanted = new HashMap<>();
        for (long turn = 0; turn < turns; turn++) {
            if (Plan.at(turn) == Plan.What.NEW) {
                wanted.put(plan.newKey(turn), Long.toString(turn));
            }
            if (wanted.size() == RelayedState.MOST_KEYS || turn == turns - 1) {
                checkNew(state, wanted, counts);
                wanted.clear();
            }
        }
        checkLast(state, plan, turns, counts);
        return counts;
    }

    private void checkNew(RelayedState state, Map<String, String> wanted, Counts counts) {
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, String> found = read(state, List.copyOf(wanted.keySet()));
        wanted.forEach((key, value) -> {
            counts.acknowledged++;
            if (!value.equals(found.get(key))) {
                counts.lost++;
                wrong(key + " is " + found.get(key) + ", should be " + value);
            }
        });
    }

    private void checkLast(RelayedState state, Plan plan, long turns, Counts counts) {
        Map<String, String> found = read(state, List.of(plan.ownKey(), Plan.LEFT, Plan.RIGHT));
        OptionalLong own = Plan.last(Plan.What.OWN, turns);
        if (own.isPresent() && !Long.toString(own.getAsLong()).equals(found.get(plan.ownKey()))) {
            counts.stale++;
            wrong(plan.ownKey() + " is " + found.get(plan.ownKey()) + ", was written last as " + own.getAsLong());
        }
        // Whoever wrote the pair last made its last write of it there.
        String left = found.getOrDefault(Plan.LEFT, "");
        long last = Plan.last(Plan.What.PAIR, turns).orElse(-1);
        if (!left.equals(found.get(Plan.RIGHT))
                || Plan.written(left).filter(written -> written.turn() == last).isEmpty()) {
            counts.half++;
            wrong("the pair ends as '" + left + "' and '" + found.get(Plan.RIGHT) + "', should be of turn " + last);
        }
    }

    private static Map<String, String> read(RelayedState state, List<String> keys) {
        Answer answer = state.getMany(keys);
        if (!answer.done()) {
            throw new AssertionError("cannot read: " + answer);
        }
        return answer.values();
    }

    private void wrong(String text) {
        if (wrongs.incrementAndGet() <= WRONG_TOLD) {
            try {
                parent.say("wrong " + text.replaceAll("[^ -~]", "?"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
