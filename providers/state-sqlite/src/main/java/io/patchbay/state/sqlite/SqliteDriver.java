// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.JDBC;
import org.sqlite.SQLiteJDBCLoader;

/** What the SQLite driver leaves in a JVM, and how it leaves nothing. */
final class SqliteDriver {
    /** Where the driver unpacks its native part; an operator who sets it has decided. */
    private static final String PLACE = "org.sqlite.tmpdir";

    private SqliteDriver() {}

    /**
     * Loads the native part through a folder of its own that is gone afterwards: what is loaded needs its file no more, except
     * on Windows, where the driver does as it likes. By itself the driver unpacks into the folder for temporary files and leaves
     * that there until the JVM ends, or for ever when that is killed: another file each time its bundle comes. Where it cannot
     * be loaded the first connection says why.
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

    /** The driver registers itself with the JDK, which would keep its bundle's class loader after the bundle is gone. */
    static void forget() throws SQLException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // When it is asked for the first time the JDK looks for drivers through the thread's loader: that of Equinox
        // would find
        // this one by way of the caller's bundle, and keep it.
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            for (Driver driver : DriverManager.drivers().toList()) {
                if (driver instanceof JDBC) {
                    DriverManager.deregisterDriver(driver);
                }
            }
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
