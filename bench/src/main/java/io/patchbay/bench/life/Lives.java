// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import io.patchbay.bench.node.NodeProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The lives of one node, each ended in the middle of something, and what the next one found. */
final class Lives {
    private static final long LONGEST_DEED_MILLIS = 120_000;
    private static final long FIRST_GUESS_MICROS = 50_000;
    private static final int MOST_BEFORE = 5;
    private static final int MOST_TO_PREPARE = 20;

    /** Of 100 lives so many are ended while the node starts. */
    private static final int ENDED_EARLY = 5;

    private static final long START_MICROS = 3_000_000;

    private final SplittableRandom random;
    private final Starter starter;
    private final Map<String, PluginModel> models = new TreeMap<>();
    private final Map<Deed.Kind, Long> lasted = new EnumMap<>(Deed.Kind.class);
    private final Map<Deed.Kind, Integer> killedIn = new EnumMap<>(Deed.Kind.class);
    private final Map<Deed.Kind, Integer> foundDone = new EnumMap<>(Deed.Kind.class);
    private int nextVersion = 1;
    private int lives;
    private int early;
    private long acknowledged;
    private long lost;
    private long halfWay;
    private long wider;
    private long strays;
    private long auditMissing;
    private long refused;
    private long expectedAudit;

    /** What was under way when the last life ended, and how its plugin would be afterwards. */
    private Optional<Deed> open = Optional.empty();

    /** Starts the node anew. */
    @FunctionalInterface
    interface Starter {
        NodeProcess start() throws IOException;
    }

    Lives(long seed, Starter starter) {
        this.random = new SplittableRandom(seed);
        this.starter = starter;
        LifeNode.PLUGINS.forEach(id -> models.put(id, new PluginModel(id)));
    }

    /** One life: looks at what is there, does some things, and is killed in one of them. */
    void live() throws Exception {
        List<Deed.Kind> aims = List.of(Deed.Kind.values());
        Deed.Kind aim = aims.get(lives++ % aims.size());
        try (NodeProcess node = starter.start()) {
            if (random.nextInt(100) < ENDED_EARLY) {
                pause(random.nextLong(START_MICROS));
                node.kill();
                early++;
                return;
            }
            begin(node);
            int before = random.nextInt(MOST_BEFORE + 1);
            for (int i = 0; i < before; i++) {
                carryOut(node, deed(any()));
            }
            for (int i = 0; i < MOST_TO_PREPARE && candidates(aim).isEmpty(); i++) {
                carryOut(node, deed(any()));
            }
            if (candidates(aim).isEmpty()) {
                node.kill();
                return;
            }
            Deed last = deed(aim);
            int from = node.said();
            node.tell(last.line());
            pause(random.nextLong(Math.max(1, lasted.getOrDefault(aim, FIRST_GUESS_MICROS))));
            List<String> answer = node.kill();
            killedIn.merge(aim, 1, Integer::sum);
            if (answer.subList(from, answer.size()).contains("done")) {
                acknowledge(last);
            } else {
                open = Optional.of(last);
            }
        }
    }

    /** A last life that is only looked at. */
    void end() throws Exception {
        try (NodeProcess node = starter.start()) {
            begin(node);
            node.kill();
        }
    }

    private void begin(NodeProcess node) throws Exception {
        node.awaitReady();
        List<String> lines = node.said(0);
        lines.forEach(this::judge);
        Optional<Deed> copy = open.filter(deed -> deed.kind() == Deed.Kind.COPY);
        open = Optional.empty();
        if (copy.isPresent()) {
            goOn(node, lines, copy.get());
        }
    }

    /** A move that was cut off is finished, and the binding is made to say where the data lies. */
    private void goOn(NodeProcess node, List<String> lines, Deed copy) throws Exception {
        PluginModel model = model(copy.plugin());
        for (String line : lines) {
            if (line.startsWith("unfinished ")) {
                must(node, "resume " + line.split(" ")[1]);
                model.apply(copy);
            }
        }
        Deed stay = new Deed(Deed.Kind.COPY, copy.plugin(), 0, List.of(model.owner()));
        must(node, stay.line());
        model.apply(stay);
    }

    /** Compares what a node found with what there should be. */
    private void judge(String line) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "plugin" -> judgePlugin(words[1]);
            case "stray" -> strays += Long.parseLong(words[1]);
            case "audit" -> judgeAudit(Long.parseLong(words[1]));
            default -> {
                // Said for others.
            }
        }
    }

    private void judgePlugin(String found) {
        PluginModel before = model(found.split(" ")[0]);
        Optional<Deed> under = open.filter(deed -> deed.plugin().equals(before.id()));
        if (found.equals(before.expected())) {
            return;
        }
        PluginModel after = before.copy();
        under.ifPresent(after::apply);
        if (under.isPresent() && found.equals(after.expected())) {
            done(under.get(), after);
            return;
        }
        if (under.isPresent()) {
            halfWay++;
        } else {
            lost++;
        }
        Set<String> allowed = new TreeSet<>(effective(before.expected()));
        allowed.addAll(effective(after.expected()));
        if (!allowed.containsAll(effective(found))) {
            wider++;
        }
        System.err.println("registry-kill: found " + found + "\n  instead of " + before.expected()
                + under.map(deed -> "\n  or, after " + deed.line() + ", " + after.expected())
                        .orElse(""));
    }

    private static Set<String> effective(String plugin) {
        String methods = plugin.split(" ")[4];
        return methods.equals("-") ? Set.of() : Set.of(methods.split(","));
    }

    private void done(Deed deed, PluginModel after) {
        foundDone.merge(deed.kind(), 1, Integer::sum);
        models.put(deed.plugin(), after);
        if (deed.kind().audited()) {
            expectedAudit++;
        }
    }

    private void judgeAudit(long found) {
        // What was cut off before it could be seen, such as granting what is granted, may have its line all the same.
        long most = expectedAudit + (open.filter(deed -> deed.kind().audited()).isPresent() ? 1 : 0);
        if (found < expectedAudit || found > most) {
            auditMissing++;
            System.err.println("registry-kill: " + found + " lines in the audit trail instead of " + expectedAudit
                    + " to " + most);
        }
        expectedAudit = found;
    }

    private PluginModel model(String id) {
        return Objects.requireNonNull(models.get(id), id);
    }

    private static String other(PluginModel model) {
        return model.owner().equals(PluginModel.SQLITE) ? "postgres" : PluginModel.SQLITE;
    }

    private void carryOut(NodeProcess node, Deed deed) throws Exception {
        long began = System.nanoTime();
        must(node, deed.line());
        lasted.merge(deed.kind(), (System.nanoTime() - began) / 1_000, Lives::blend);
        acknowledge(deed);
    }

    private static long blend(long before, long now) {
        return (3 * before + now) / 4;
    }

    private void acknowledge(Deed deed) {
        acknowledged++;
        model(deed.plugin()).apply(deed);
        if (deed.kind().audited()) {
            expectedAudit++;
        }
    }

    private void must(NodeProcess node, String line) throws Exception {
        int from = node.said();
        node.tell(line);
        String answer =
                node.await(from, said -> said.equals("done") || said.startsWith("failed "), LONGEST_DEED_MILLIS);
        if (!answer.equals("done")) {
            refused++;
            System.err.println("registry-kill: " + line + " " + answer);
        }
    }

    private Deed.Kind any() {
        List<Deed.Kind> possible = new ArrayList<>();
        for (Deed.Kind kind : Deed.Kind.values()) {
            // A node without plugins tries nothing.
            int weight = kind == Deed.Kind.UNINSTALL || kind == Deed.Kind.PURGE ? 1 : 3;
            for (int i = 0; i < weight && !candidates(kind).isEmpty(); i++) {
                possible.add(kind);
            }
        }
        return possible.get(random.nextInt(possible.size()));
    }

    private List<PluginModel> candidates(Deed.Kind kind) {
        return models.values().stream().filter(model -> model.allows(kind)).toList();
    }

    private Deed deed(Deed.Kind kind) {
        List<PluginModel> possible = candidates(kind);
        PluginModel model = possible.get(random.nextInt(possible.size()));
        return switch (kind) {
            case INSTALL, UPGRADE -> new Deed(kind, model.id(), nextVersion++, List.of());
            case GRANT -> new Deed(kind, model.id(), 0, some(model.newestRequests()));
            case REVOKE -> new Deed(kind, model.id(), 0, some(model.newestGranted()));
            case COPY -> new Deed(kind, model.id(), 0, List.of(other(model)));
            case WRITE -> new Deed(kind, model.id(), (int) model.value() + 1, List.of());
            default -> Deed.of(kind, model.id());
        };
    }

    /** At least one of them. */
    private List<String> some(List<String> all) {
        List<String> chosen = new ArrayList<>(
                all.stream().filter(method -> random.nextInt(4) > 0).toList());
        return chosen.isEmpty() ? List.of(all.get(random.nextInt(all.size()))) : List.copyOf(chosen);
    }

    /** The moment is what is random here, so this waits on purpose. */
    private static void pause(long micros) throws InterruptedException {
        new CountDownLatch(1).await(micros, TimeUnit.MICROSECONDS);
    }

    int killedIn(Deed.Kind kind) {
        return killedIn.getOrDefault(kind, 0);
    }

    int foundDone(Deed.Kind kind) {
        return foundDone.getOrDefault(kind, 0);
    }

    int early() {
        return early;
    }

    long acknowledged() {
        return acknowledged;
    }

    long lost() {
        return lost;
    }

    long halfWay() {
        return halfWay;
    }

    long wider() {
        return wider;
    }

    long strays() {
        return strays;
    }

    long auditMissing() {
        return auditMissing;
    }

    long refused() {
        return refused;
    }

    @Override
    public String toString() {
        return acknowledged + " acknowledged, " + halfWay + " half-way, " + lost + " lost, " + wider + " wider";
    }
}
