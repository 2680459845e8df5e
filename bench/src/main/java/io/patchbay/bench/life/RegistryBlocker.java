// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import java.io.IOException;
import java.io.InputStream;
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
    private static final int LOCKED = 'L';

    private final Process process;

    private RegistryBlocker(Process process) {
        this.process = process;
    }

    /** Does something while nobody else can write. */
    static <T> T during(Path registry, Supplier<T> work) throws IOException {
        RegistryBlocker blocker = on(registry);
        try {
            return work.get();
        } finally {
            blocker.end();
        }
    }

    private static RegistryBlocker on(Path registry) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // Of several logging libraries on the class path, none.
                        "-Dslf4j.provider=org.slf4j.nop.NOPServiceProvider",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryBlocker.class.getName(),
                        registry.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        InputStream out = process.getInputStream();
        if (out.read() != LOCKED) {
            process.destroyForcibly();
            throw new AssertionError("the registry could not be locked");
        }
        return new RegistryBlocker(process);
    }

    /**
     * The other process: locks, says so, and ends with its standard input.
     *
     * @param args the registry
     */
    public static void main(String[] args) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            System.out.write(LOCKED);
            System.out.flush();
            while (System.in.read() >= 0) {
                // Nobody writes to it: its end is the parent's word.
            }
            statement.execute("ROLLBACK");
        }
    }

    private void end() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
