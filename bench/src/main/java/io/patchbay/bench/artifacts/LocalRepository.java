// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Maven;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A local Maven repository of a run's own, with the other people's artifacts that this machine has already, and none of ours:
 * what a build finds of ours in it, it took from where we publish.
 */
final class LocalRepository {
    private static final Path OURS = Path.of("io", "patchbay");

    private LocalRepository() {}

    /**
     * Makes one.
     *
     * @param folder made; must not exist
     */
    static void make(RunOptions options, Path folder) throws IOException, InterruptedException {
        Path machines = new Maven(options, options.root()).localRepository();
        Path ours = machines.resolve(OURS);
        Files.createDirectories(folder);
        if (!Files.isDirectory(machines)) {
            return;
        }
        Files.walkFileTree(machines, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                if (visited.equals(ours)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(folder.resolve(machines.relativize(visited)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                linkOrCopy(file, folder.resolve(machines.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Maven replaces artifacts as a whole, but writes into its notes about them. */
    private static void linkOrCopy(Path file, Path to) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".jar") || name.endsWith(".pom")) {
            try {
                Files.createLink(to, file);
                return;
            } catch (IOException | UnsupportedOperationException otherDisk) {
                // Then it is copied.
            }
        }
        Files.copy(file, to);
    }
}
