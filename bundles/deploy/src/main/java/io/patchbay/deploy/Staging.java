// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder for what is only there while something is brought in. Used by one thread. */
final class Staging {
    private final Path root;

    private Staging(Path root) {
        this.root = root;
    }

    /** Opens it, without what a node that was killed left there. */
    static Staging open(Path root) throws IOException {
        remove(root);
        Files.createDirectories(root);
        return new Staging(root);
    }

    /** The one file that artifacts are packed to. */
    Path packed() {
        return root.resolve("packed.wasm");
    }

    /** A folder that goes when it is closed. */
    record Place(Path folder) implements AutoCloseable {
        @Override
        public void close() {
            try {
                remove(folder);
            } catch (IOException stays) {
                // The next start removes it.
            }
        }
    }

    Place place() throws AdminException {
        try {
            return new Place(Files.createTempDirectory(root, "carried"));
        } catch (IOException failure) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "no folder can be made in '" + root + "': " + failure, failure);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
