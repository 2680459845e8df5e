// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.nodes;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.node.ParentProcess;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RelayedState;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.bench.node.ServerKind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One of two processes on one store: a node with the shipped bundles whose plugins do what the parent says, one line a
 * command. What came of it is the last line, {@code done} and numbers; before it there may be {@code at N} and {@code wrong
 * TEXT}.
 */
public final class SharedStoreNode {
    /** Writes and checks a great many keys. */
    static final String BULK = "bulk";

    /** Has a quota of keys. */
    static final String COUNTED = "counted";

    /** Has a quota of bytes. */
    static final String WEIGHED = "weighed";

    static final long QUOTA_KEYS = 200;
    static final long QUOTA_BYTES = 65_521;

    private static final long AMPLE_KEYS = 1_000_000;
    private static final long AMPLE_BYTES = 1L << 30;

    private final EmbeddedNode node;
    private final String provider;
    private final ParentProcess parent;
    private final BulkWork bulk;
    private final QuotaRace race;

    private SharedStoreNode(EmbeddedNode node, String provider, int number, Path folder, ParentProcess parent)
            throws Exception {
        this.node = node;
        this.provider = provider;
        this.parent = parent;
        bulk = new BulkWork(number, plugin(node, BULK, folder), parent);
        race = new QuotaRace(number, state(node, COUNTED, folder), state(node, WEIGHED, folder));
    }

    /** How the parent starts one. */
    static NodeProcess start(Path folder, int number, ServerKind kind, String address) throws Exception {
        return NodeProcess.start(
                folder,
                new NodeProcess.Program(
                        SharedStoreNode.class,
                        NodeProcess.Life.LONG,
                        List.of(),
                        List.of(folder.toString(), String.valueOf(number), kind.name(), address)));
    }

    /**
     * Runs the node.
     *
     * @param args folder, number, kind of server, its address
     */
    public static void main(String[] args) {
        ParentProcess.serve(parent -> run(parent, args));
    }

    private static void run(ParentProcess parent, String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int number = Integer.parseInt(args[1]);
        ServerKind kind = ServerKind.valueOf(args[2]);
        SharedStoreNode shared =
                new SharedStoreNode(node(folder, kind, args[3]), kind.provider(), number, folder, parent);
        parent.say(NodeProcess.READY);
        shared.obey();
    }

    private static EmbeddedNode node(Path folder, ServerKind kind, String address) throws Exception {
        Map<String, Object> store = new HashMap<>(kind.settings(address));
        // What is claimed is not how long a write waits for the others on the same scope.
        store.put("patchbay.call.timeout", 30_000L);
        EmbeddedNode node = EmbeddedNode.start(
                folder,
                new EmbeddedNode.Setup(
                        Map.of(
                                kind.pid(),
                                store,
                                "io.patchbay.limits~" + BULK,
                                quota(BULK, AMPLE_KEYS, AMPLE_BYTES),
                                "io.patchbay.limits~" + COUNTED,
                                quota(COUNTED, QUOTA_KEYS, AMPLE_BYTES),
                                "io.patchbay.limits~" + WEIGHED,
                                quota(WEIGHED, AMPLE_KEYS, QUOTA_BYTES)),
                        Set.of(),
                        ServerKind.bundles()));
        node.must("bindLasting", Map.of("kind", "state", "provider", kind.provider()));
        return node;
    }

    private static Map<String, Object> quota(String plugin, long keys, long bytes) {
        return Map.of("plugin", plugin, "state.quota.keys", keys, "state.quota.bytes", bytes);
    }

    private static RelayPlugin plugin(EmbeddedNode node, String id, Path folder) throws Exception {
        RelayPlugin plugin = RelayPlugin.install(node, id, folder);
        plugin.grant(RuntimeCall.METHODS);
        return plugin;
    }

    private static RelayedState state(EmbeddedNode node, String id, Path folder) throws Exception {
        return new RelayedState(plugin(node, id, folder), 0);
    }

    private void obey() throws Exception {
        for (Optional<String> command = parent.hear(); command.isPresent(); command = parent.hear()) {
            String[] words = command.get().split(" ");
            String result = switch (words[0]) {
                case "write" -> bulk.write(Long.parseLong(words[1]));
                case "check" -> bulk.check(Integer.parseInt(words[1]), Long.parseLong(words[2]));
                case "fill-keys" -> race.fillKeys();
                case "free-keys" -> race.freeKeys(Integer.parseInt(words[1]));
                case "fill-bytes" -> race.fillBytes();
                case "free-bytes" -> race.freeBytes(Integer.parseInt(words[1]));
                case "held" -> held(words[1]);
                default -> throw new IllegalArgumentException(command.get());
            };
            parent.say("done " + result);
        }
    }

    /** What the store itself lists of a plugin: keys and their bytes. */
    private String held(String plugin) {
        Map<String, Object> entries = node.must("state", Map.of("plugin", plugin, "provider", provider));
        long bytes = entries.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length()
                        + String.valueOf(entry.getValue()).length())
                .sum();
        return entries.size() + " " + bytes;
    }
}
