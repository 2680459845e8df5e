// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The native part of the SQLite driver. By itself the driver unpacks it into the folder for temporary files and leaves it there
 * until the JVM ends, or for ever when that is killed: one more of it for each time its bundle comes.
 */
final class NativeLibrary {
    /** Where the driver unpacks; an operator who sets it has decided. */
    private static final String PLACE = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /**
     * Loads it through a folder of its own that is gone afterwards: what is loaded needs its file no more, except on Windows,
     * where the driver does as it likes. Where it cannot be loaded the first connection says why.
     */
    @SuppressWarnings(
            "LockOnNonEnclosingClassLiteral") // the driver's own: another bundle of ours may be about to load it too
    static void load() {
        synchronized (SQLiteJDBCLoader.class) {
            if (System.getProperty(PLACE) == null
                    && !System.getProperty("os.name").startsWith("Windows")) {
                try {
                    loadThrough(Files.createTempDirectory("patchbay-sqlite-"));
                } catch (IOException e) {
                    // Then the driver finds no place either, and says so.
                }
            }
        }
    }

    private static void loadThrough(Path folder) throws IOException {
        System.setProperty(PLACE, folder.toString());
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            // Declared so by the driver, which tries again, and fails, when it connects.
        } finally {
            System.clearProperty(PLACE);
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
