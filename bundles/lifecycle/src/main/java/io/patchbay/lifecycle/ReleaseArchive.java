// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The archived artifacts: one immutable file per release, named by its digest (contract 7.5). A file is complete before
 * its name exists, and its name is on the medium before anybody records it.
 */
final class ReleaseArchive {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
    private static final String UNFINISHED = ".part";

    private final Path root;

    ReleaseArchive(Path root) {
        this.root = root;
    }

    /**
     * Where an artifact belongs.
     *
     * @return relative to the data folder, with {@code /}
     */
    String location(String pluginId, String version, String digest) {
        // The digest alone makes the path unique, so the version may be made harmless.
        String safeVersion = UNSAFE.matcher(version).replaceAll("_");
        return FolderLayout.RELEASES + "/" + pluginId + "/" + safeVersion + "/" + digest + "/" + pluginId + ".wasm";
    }

    Path resolve(String location) {
        return root.resolve(location);
    }

    /** Writes an artifact, replacing what lies there: only an unrecorded left-over can. */
    void store(String location, byte[] artifact) throws IOException {
        Path target = resolve(location);
        Path folder = parent(target);
        FolderLayout.makePrivate(folder);
        Path unfinished = folder.resolve(target.getFileName() + UNFINISHED);
        try {
            write(unfinished, artifact);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            FolderLayout.syncFolder(folder);
        } catch (IOException failure) {
            discard(location);
            throw failure;
        }
    }

    private static void write(Path file, byte[] artifact) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(artifact);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Removes an artifact and the folders that it leaves empty. What cannot be removed now is swept at the next start. */
    void discard(String location) {
        Path target = resolve(location);
        Path folder = parent(target);
        try {
            Files.deleteIfExists(folder.resolve(target.getFileName() + UNFINISHED));
            Files.deleteIfExists(target);
            Path releases = root.resolve(FolderLayout.RELEASES);
            for (Path empty = folder; empty.startsWith(releases); empty = parent(empty)) {
                Files.delete(empty);
            }
        } catch (IOException notEmptyOrBusy) {
            // A folder that holds another release stays.
        }
    }

    /** Tells whether anything is archived here. */
    boolean isEmpty() throws IOException {
        Path releases = root.resolve(FolderLayout.RELEASES);
        if (!Files.isDirectory(releases)) {
            return true;
        }
        try (var files = Files.walk(releases)) {
            return files.noneMatch(Files::isRegularFile);
        }
    }

    /** Removes what a killed process archived and never recorded. */
    void sweep(Set<String> recorded) throws IOException {
        Path releases = root.resolve(FolderLayout.RELEASES);
        if (!Files.isDirectory(releases)) {
            return;
        }
        Files.walkFileTree(releases, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String location = root.relativize(file).toString().replace('\\', '/');
                if (!recorded.contains(location)) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                try (var entries = Files.list(folder)) {
                    if (entries.findAny().isEmpty()) {
                        Files.delete(folder);
                    }
                } catch (NoSuchFileException gone) {
                    return FileVisitResult.CONTINUE;
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no parent: " + path);
        }
        return parent;
    }
}
