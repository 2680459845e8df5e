// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What tells that a file, or anything in a folder, was written: nothing of its content is looked at.
 *
 * @param text equal for equal stamps only
 */
record Stamp(String text) {
    /** More than any plugin has; a folder with more is told apart by the first ones alone, and refused when it is read. */
    private static final int MOST_FILES = 10_000;

    /**
     * Takes the stamp of a file or folder.
     *
     * @throws IOException when it is gone, or cannot be looked at
     */
    static Stamp of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isDirectory()) {
            return new Stamp(line(attributes) + (Files.isReadable(path) ? "" : " unreadable"));
        }
        Walk walk = new Walk(path);
        Files.walkFileTree(path, walk);
        return new Stamp("folder " + walk.lines);
    }

    private static String line(BasicFileAttributes attributes) {
        return attributes.size() + " " + attributes.lastModifiedTime() + " " + attributes.fileKey();
    }

    private static final class Walk extends SimpleFileVisitor<Path> {
        private final Path root;
        private final SortedMap<String, String> lines = new TreeMap<>();

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            lines.put(root.relativize(file).toString(), line(attributes));
            return lines.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            lines.put(root.relativize(file).toString(), "unreadable");
            return FileVisitResult.CONTINUE;
        }
    }
}
