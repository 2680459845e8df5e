// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.node.ParentProcess;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RelayedState;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.bench.node.ServerKind;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The process that is killed while it moves state: a node with the shipped bundles whose plugin writes all the time. First it
 * says what it finds - {@link StateWriters}, {@code cold N} for the keys that nobody changes, {@code owner PROVIDER} for who
 * serves, {@code marker PROVIDER...} for the stores in which a write made just now is found, {@code move ID PHASE DETAIL} for
 * the newest move - and then does what the parent says: {@code bind PROVIDER}, {@code resume ID}, {@code undo ID}, {@code drop
 * ID}. Meanwhile it says {@code step STEP MICROS} of the move that runs, and at the end {@code done} or {@code failed TEXT}.
 */
public final class MovingNode {
    static final String PLUGIN = "moved";

    /** Keys that are written once and never changed. */
    static final int COLD = 1_500;

    static final int WRITERS = 3;

    private static final String MARKER = "!marker";
    private static final long GRACE_MILLIS = 30_000;
    private static final long LOOKS_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final EmbeddedNode node;
    private final ParentProcess parent;
    private final RelayedState state;

    private MovingNode(EmbeddedNode node, ParentProcess parent, RelayPlugin plugin) {
        this.node = node;
        this.parent = parent;
        // Without a tenant, as the writers are.
        state = new RelayedState(plugin, 0);
    }

    /**
     * Runs the node.
     *
     * @param args folder, address of PostgreSQL, address of Redis
     */
    public static void main(String[] args) {
        ParentProcess.serve(parent -> run(parent, args));
    }

    private static void run(ParentProcess parent, String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        EmbeddedNode node = EmbeddedNode.start(
                folder,
                new EmbeddedNode.Setup(
                        Map.of(
                                "io.patchbay.bay",
                                Map.of("grace.millis", GRACE_MILLIS),
                                ServerKind.POSTGRES.pid(),
                                patient(ServerKind.POSTGRES.settings(args[1])),
                                ServerKind.REDIS.pid(),
                                patient(ServerKind.REDIS.settings(args[2]))),
                        Set.of(),
                        ServerKind.bundles()));
        boolean first = !node.must("plugins", Map.of()).containsKey(PLUGIN);
        RelayPlugin plugin = first ? RelayPlugin.install(node, PLUGIN, folder) : RelayPlugin.of(node, PLUGIN);
        if (first) {
            plugin.grant(RuntimeCall.METHODS);
        }
        MovingNode moving = new MovingNode(node, parent, plugin);
        if (first) {
            moving.fill();
        }
        StateWriters writers = new StateWriters(plugin, parent);
        moving.tell(writers);
        writers.start();
        moving.obey();
    }

    /** What is claimed is not how long a call takes on a busy machine. */
    private static Map<String, Object> patient(Map<String, Object> settings) {
        Map<String, Object> patient = new HashMap<>(settings);
        patient.put("patchbay.call.timeout", GRACE_MILLIS);
        return patient;
    }

    private void fill() {
        for (Map<String, String> batch : cold()) {
            must(state.setMany(batch));
        }
    }

    private static RelayedState.Answer must(RelayedState.Answer answer) {
        if (!answer.done()) {
            throw new AssertionError("a call failed: " + answer);
        }
        return answer;
    }

    /** The cold keys with their values, in batches. */
    private static List<Map<String, String>> cold() {
        List<Map<String, String>> batches = new ArrayList<>();
        for (int i = 0; i < COLD; i++) {
            if (i % RelayedState.MOST_KEYS == 0) {
                batches.add(new TreeMap<>());
            }
            batches.get(batches.size() - 1).put("cold-" + i, "value-of-" + i);
        }
        return batches;
    }

    private void tell(StateWriters writers) throws Exception {
        awaitProviders();
        writers.tell(WRITERS);
        long right = 0;
        for (Map<String, String> batch : cold()) {
            Map<String, String> found = new HashMap<>(
                    must(state.getMany(List.copyOf(batch.keySet()))).values());
            found.entrySet().retainAll(batch.entrySet());
            right += found.size();
        }
        parent.say("cold " + right);
        parent.say("owner " + node.must("bindings", Map.of("plugin", PLUGIN)).get("state"));
        parent.say("marker " + String.join(" ", mark()));
        Map<String, Object> move = node.must("move", Map.of());
        if (!move.isEmpty()) {
            parent.say("move " + move.get("id") + " " + move.get("phase") + " "
                    + printable(move.getOrDefault("detail", "")));
        }
        parent.say(NodeProcess.READY);
    }

    private static String printable(Object text) {
        return String.valueOf(text).replaceAll("[^ -~]", "?");
    }

    /** Waits until every store can be looked into. */
    private void awaitProviders() {
        Eventually.holds(Duration.ofMinutes(2), () -> {
            Map<String, Object> providers = node.must("providers", Map.of());
            return MigrateKill.PROVIDERS.stream()
                    .allMatch(provider ->
                            String.valueOf(providers.get("state=" + provider)).startsWith("READY"));
        });
    }

    /** Writes through the plugin, and looks into every store past it. */
    private List<String> mark() {
        String value = Long.toString(System.nanoTime());
        must(state.setMany(Map.of(MARKER, value)));
        return MigrateKill.PROVIDERS.stream()
                .filter(provider -> value.equals(node.must("state", Map.of("plugin", PLUGIN, "provider", provider))
                        .get(MARKER)))
                .toList();
    }

    private void obey() throws IOException {
        for (Optional<String> command = parent.hear(); command.isPresent(); command = parent.hear()) {
            String[] words = command.get().split(" ");
            Thread watcher = new Thread(this::watch, "watcher");
            watcher.setDaemon(true);
            watcher.start();
            Map<String, Object> answer = switch (words[0]) {
                case "bind" -> bind(words[1]);
                case "resume", "undo", "drop" -> node.ask(words[0] + "Move", Map.of("id", Integer.parseInt(words[1])));
                default -> throw new IllegalArgumentException(command.get());
            };
            parent.say(answer.containsKey("error") ? "failed " + printable(answer) : "done");
            watcher.interrupt();
        }
    }

    private Map<String, Object> bind(String provider) {
        return node.ask(
                "bindLasting",
                Map.of("kind", "state", "provider", provider, "plugin", PLUGIN, "mode", "COPY", "overwrite", true));
    }

    /** Says each step of the running move as soon as it is seen, with the time since the first one. */
    private void watch() {
        long begin = System.nanoTime();
        String before = "";
        while (!Thread.currentThread().isInterrupted()) {
            String step = String.valueOf(node.must("move", Map.of()).getOrDefault("step", ""));
            if (!step.equals(before) && !step.isEmpty()) {
                before = step;
                try {
                    parent.say("step " + step + " " + (System.nanoTime() - begin) / 1_000);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            LockSupport.parkNanos(LOOKS_NANOS);
        }
    }
}
