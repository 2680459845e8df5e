// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.osgi.framework.BundleException;

/** Runs one command line in a framework of its own: boots it, hands the arguments to the shell, stops it. */
final class Launcher {
    /** Exit code of a wrong command line (DESIGN 11). */
    static final int USAGE = 2;

    /** Exit code of a node that cannot be had (DESIGN 11). */
    static final int UNAVAILABLE = 5;

    private final Path jar;
    private final Path workingDirectory;
    private final Map<String, String> environment;
    private final Duration patience;
    private final PrintStream err;

    /**
     * A launcher that prints nothing but to {@code err}: standard output belongs to the answer of a plugin.
     *
     * @param jar the jar with the bundles under {@code bundles/}
     * @param workingDirectory what relative folders are relative to
     * @param environment the environment of the process
     * @param patience how long a started node may take to offer its command line
     * @param err where errors go
     */
    Launcher(Path jar, Path workingDirectory, Map<String, String> environment, Duration patience, PrintStream err) {
        this.jar = jar;
        this.workingDirectory = workingDirectory;
        this.environment = Map.copyOf(environment);
        this.patience = patience;
        this.err = err;
    }

    /** Runs the command line and returns its exit code. */
    int run(String... args) {
        Path data;
        ListenOption listen;
        try {
            data = DataOption.choose(args, environment, workingDirectory);
            listen = BundleGroup.stays(args) ? ListenOption.choose(args, environment) : ListenOption.NONE;
        } catch (UsageException e) {
            err.println("patchbay: " + e.getMessage());
            return USAGE;
        }
        boolean stays = BundleGroup.stays(args);
        Set<BundleGroup> groups = BundleGroup.of(args, data);
        AtomicBoolean ended = new AtomicBoolean();
        try (Node node = Node.create(data, listen, groups, err)) {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> endBySignal(node, stays && !ended.get()), "patchbay-stop"));
            int exitCode = runIn(node, groups, args);
            ended.set(true);
            return exitCode;
        } catch (IOException e) {
            err.println("patchbay: the node cannot start: " + e.getMessage());
            return UNAVAILABLE;
        }
    }

    /** A node that was told to end, and did, has done its work: the JVM alone would answer 128 and the signal. */
    private static void endBySignal(Node node, boolean isSuccess) {
        node.close();
        if (isSuccess) {
            Runtime.getRuntime().halt(0);
        }
    }

    private int runIn(Node node, Set<BundleGroup> groups, String[] args) {
        try {
            node.start(NestedBundles.of(jar), groups);
            Optional<ToIntFunction<String[]>> commandLine = node.awaitCommandLine(patience);
            if (commandLine.isEmpty()) {
                err.println("patchbay: the node has no command line after " + patience.toSeconds() + " s.");
                node.describeTroubles().forEach(err::println);
                return UNAVAILABLE;
            }
            return commandLine.get().applyAsInt(args);
        } catch (IOException | BundleException e) {
            err.println("patchbay: the node cannot start: " + e.getMessage());
            return UNAVAILABLE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            err.println("patchbay: interrupted while the node was starting");
            return UNAVAILABLE;
        } catch (RuntimeException e) {
            // A signal stops the node under a command that still runs; what it trips over then is no news.
            if (!node.isClosed()) {
                err.println("patchbay: internal error, please report it:");
                e.printStackTrace(err);
            }
            return UNAVAILABLE;
        }
    }
}
