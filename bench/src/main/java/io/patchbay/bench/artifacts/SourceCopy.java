// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** Copies what is written by hand, and nothing that was built from it. */
final class SourceCopy {
    private static final Set<String> BUILT = Set.of("target", ".git", ".patchbay", "patchbay-data");

    private SourceCopy() {}

    /**
     * Copies a folder.
     *
     * @param from a checkout, or a folder of it
     * @param to made; must not exist
     */
    static void of(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (BUILT.contains(folder.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                // A worktree has a file of this name.
                if (!BUILT.contains(file.getFileName().toString())) {
                    Files.copy(file, to.resolve(from.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
