// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import io.patchbay.bench.node.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The lives of one node, each ended in a move of its plugin's state, and what the next one found. */
final class KilledMoves {
    private static final long LONGEST_COMMAND_MILLIS = 120_000;
    private static final long SHORTEST_STEP_MICROS = 2_000;
    private static final int AFTER_THE_END_MICROS = 50_000;

    /** Of 100 lives that find an unfinished move, so many resume it. */
    private static final int RESUME = 60;

    /** Of 100 lives that find a finished one, so many take it back, and so many drop its source. */
    private static final int TAKE_BACK = 20;

    private static final int DROP = 40;

    private final Path folder;
    private final Path scratch;
    private final SplittableRandom random;
    private final Starter starter;
    private final Acknowledged record = new Acknowledged();
    private final Restarts restarts = new Restarts();
    private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
    private final Map<String, Integer> commands = new HashMap<>();

    /** How long each step lasted, microseconds, as seen last. */
    private final Map<String, Long> lasted = new HashMap<>();

    private Optional<RegistryCopy> left = Optional.empty();
    private int lives;
    private long failedCommands;

    /** Starts the node anew. */
    @FunctionalInterface
    interface Starter {
        NodeProcess start() throws IOException;
    }

    KilledMoves(Path folder, Path scratch, long seed, Starter starter) {
        this.folder = folder;
        this.scratch = scratch;
        this.starter = starter;
        random = new SplittableRandom(seed);
    }

    /** One life: looks what is there, begins a move or goes on with one, and is killed in it. */
    void live() throws Exception {
        Moment aim = Moment.AIMS.get(lives++ % Moment.AIMS.size());
        try (NodeProcess node = starter.start()) {
            node.awaitReady();
            Found found = Found.in(node.said(0));
            judge(found);
            RegistryCopy before = look();
            int from = node.said();
            String command = prepare(node, found);
            int since = node.said();
            tell(node, command);
            awaitMoment(node, since, aim);
            record.take(node.kill());
            List<String> said = node.said(since);
            learn(said);
            count(node.said(from));
            RegistryCopy now = look();
            moments.merge(Moment.of(now, before, lastStep(said)), 1, Integer::sum);
            left = Optional.of(now);
        }
    }

    /** The last life: finishes what is unfinished, and moves once more without a kill. */
    void end() throws Exception {
        try (NodeProcess node = starter.start()) {
            node.awaitReady();
            Found found = Found.in(node.said(0));
            judge(found);
            int from = node.said();
            if (found.phase().equals("interrupted")) {
                carryOut(node, "resume " + found.move());
            }
            carryOut(node, "bind " + MigrateKill.PROVIDERS.get(0));
            count(node.said(from));
            record.take(node.kill());
            left = Optional.of(look());
        }
        try (NodeProcess node = starter.start()) {
            node.awaitReady();
            judge(Found.in(node.said(0)));
            record.take(node.kill());
        }
    }

    private RegistryCopy look() throws Exception {
        return RegistryCopy.of(folder.resolve("data"), MovingNode.PLUGIN, scratch);
    }

    private void judge(Found found) {
        left.ifPresentOrElse(before -> restarts.judge(found, before), () -> restarts.judge(found));
    }

    /** Does what comes before the command in which the node is killed, and chooses that one. */
    private String prepare(NodeProcess node, Found found) throws Exception {
        int chance = random.nextInt(100);
        String owner = found.owner();
        if (found.phase().equals("interrupted")) {
            if (chance < RESUME) {
                return "resume " + found.move();
            }
            carryOut(node, "undo " + found.move());
        } else if (found.phase().equals("moved") && chance < TAKE_BACK) {
            return "undo " + found.move();
        } else if (found.phase().equals("moved") && chance < TAKE_BACK + DROP) {
            carryOut(node, "drop " + found.move());
        }
        return "bind " + target(owner);
    }

    /** SQLite to PostgreSQL, PostgreSQL to Redis, and back. */
    private String target(String owner) {
        int middle = 1;
        if (!owner.equals(MigrateKill.PROVIDERS.get(middle))) {
            return MigrateKill.PROVIDERS.get(middle);
        }
        return MigrateKill.PROVIDERS.get(random.nextBoolean() ? middle - 1 : middle + 1);
    }

    private void carryOut(NodeProcess node, String command) throws Exception {
        int from = node.said();
        tell(node, command);
        node.await(from, KilledMoves::ended, LONGEST_COMMAND_MILLIS);
    }

    private void tell(NodeProcess node, String command) throws IOException {
        commands.merge(command.split(" ")[0], 1, Integer::sum);
        node.tell(command);
    }

    private static boolean ended(String line) {
        return line.equals("done") || line.startsWith("failed ");
    }

    /** Waits for the step that is aimed at, and then a random part of the time that it took before. */
    private void awaitMoment(NodeProcess node, int from, Moment aim) throws InterruptedException {
        String step = "step " + aim.step() + " ";
        String heard = node.await(
                from, line -> ended(line) || (!aim.step().isEmpty() && line.startsWith(step)), LONGEST_COMMAND_MILLIS);
        long longest = ended(heard)
                ? AFTER_THE_END_MICROS
                : Math.max(SHORTEST_STEP_MICROS, lasted.getOrDefault(aim.step(), SHORTEST_STEP_MICROS));
        // The moment is what is random here, so this waits on purpose; rather early, for the news of the step comes
        // late.
        double part = random.nextDouble();
        new CountDownLatch(1).await((long) (part * part * longest), TimeUnit.MICROSECONDS);
    }

    private void learn(List<String> lines) {
        String step = "";
        long begin = 0;
        for (String line : lines) {
            String[] words = line.split(" ");
            if (words[0].equals("step")) {
                long now = Long.parseLong(words[2]);
                if (!step.isEmpty()) {
                    lasted.put(step, now - begin);
                }
                step = words[1];
                begin = now;
            }
        }
    }

    private static String lastStep(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("step "))
                .map(line -> line.split(" ")[1])
                .reduce("", (before, after) -> after);
    }

    private void count(List<String> lines) {
        for (String line : lines) {
            if (line.startsWith("failed ")) {
                failedCommands++;
                System.err.println("migrate-kill: " + line);
            }
        }
    }

    int killedAt(Moment moment) {
        return moments.getOrDefault(moment, 0);
    }

    int commands(String word) {
        return commands.getOrDefault(word, 0);
    }

    long acknowledged() {
        return record.acknowledged();
    }

    long lost() {
        return record.lost();
    }

    long refused() {
        return record.refused();
    }

    Restarts restarts() {
        return restarts;
    }

    long failedCommands() {
        return failedCommands;
    }

    @Override
    public String toString() {
        return moments + ", " + acknowledged() + " writes acknowledged, " + lost() + " lost";
    }
}
