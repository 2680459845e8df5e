// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.node.ParentProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps a node from writing into its registry for a while, as another program on the file would. In a process of its own: the
 * locks of one process do not keep that process out.
 */
final class RegistryBlocker {
    private RegistryBlocker() {}

    /**
     * Does something while nobody else can write.
     *
     * @param folder for what the other process writes to standard error
     */
    static <T> T during(Path folder, Path registry, Supplier<T> work) throws IOException, InterruptedException {
        NodeProcess blocker = NodeProcess.start(
                folder,
                new NodeProcess.Program(
                        RegistryBlocker.class, NodeProcess.Life.BRIEF, List.of(), List.of(registry.toString())));
        try {
            blocker.awaitReady();
            return work.get();
        } finally {
            // With the process its lock is gone.
            blocker.kill();
        }
    }

    /**
     * The other process: locks, and says so.
     *
     * @param args the registry
     */
    public static void main(String[] args) {
        ParentProcess.serve(parent -> block(args[0], parent));
    }

    private static void block(String registry, ParentProcess parent) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + registry);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            parent.say(NodeProcess.READY);
            parent.hear();
        }
    }
}
