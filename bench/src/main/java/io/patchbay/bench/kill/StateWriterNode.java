// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.node.ParentProcess;
import io.patchbay.bench.node.RelayPlugin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The process that is killed: a node with the shipped bundles whose plugin writes state through the provider {@code sqlite};
 * what it says is said of {@link StateWriters}. It ends when its parent does.
 */
public final class StateWriterNode {
    private static final String PLUGIN = "writer";

    private StateWriterNode() {}

    /**
     * Runs the node.
     *
     * @param args folder, durability, number of writers
     */
    public static void main(String[] args) {
        ParentProcess.serve(parent -> run(parent, args));
    }

    private static void run(ParentProcess parent, String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        EmbeddedNode node =
                EmbeddedNode.start(folder, Map.of("io.patchbay.state.sqlite", Map.of("durability", args[1])));
        StateWriters writers = new StateWriters(relay(node, folder), parent);
        writers.tell(Integer.parseInt(args[2]));
        parent.say(NodeProcess.READY);
        writers.start();
        while (parent.hear().isPresent()) {
            // Nobody writes to it: its end is the parent's.
        }
    }

    private static RelayPlugin relay(EmbeddedNode node, Path folder) throws IOException {
        if (node.must("plugins", Map.of()).containsKey(PLUGIN)) {
            return RelayPlugin.of(node, PLUGIN);
        }
        RelayPlugin plugin = RelayPlugin.install(node, PLUGIN, folder);
        plugin.grant(List.of("state.get", "state.set"));
        return plugin;
    }
}
