// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.nio.file.Path;
import java.time.Duration;

/** The entry of the executable jar: finds that jar and hands everything to the {@link Launcher}. */
public final class Main {
    /** Components are activated while bundles start; the rest is for what a configuration or a slow disk delays. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Main() {}

    /**
     * Runs one command line and ends the process with its exit code (DESIGN 11).
     *
     * @param args the arguments as typed
     * @throws Exception if the jar that this class came from cannot be named
     */
    public static void main(String[] args) throws Exception {
        Path jar = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        // Standard output belongs to the answer of the command, which the shell writes to the process's own stream;
        // whatever the framework and its bundles print goes beside it.
        System.setOut(System.err);
        Launcher launcher = new Launcher(jar, Path.of(""), System.getenv(), PATIENCE, System.err);
        System.exit(launcher.run(args));
    }
}
