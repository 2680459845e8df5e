// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/**
 * Where things lie in a data folder.
 *
 * <pre>
 * node.lock                                    held by the running node, text: its process id; never opened by others
 * registry.db, registry.db-wal, registry.db-shm  plugins, releases, decisions, owners (SQLite)
 * releases/&lt;id&gt;/&lt;version&gt;/&lt;sha256&gt;/&lt;id&gt;.wasm   archived artifacts, never changed
 * data/&lt;symbolic name&gt;/                        what each bundle keeps: state, compiled forms, keys
 * etc/&lt;PID&gt;.config                             what is configured, typed; secrets too, so mode 0600
 * audit/&lt;number&gt;.jsonl                         what operators did, a line each; only appended to
 * policy.yaml                                  what is granted in advance, written by an operator
 * bundles/*.jar                                bundles of others, installed and watched by a node that stays
 * plugins/                                     artifacts that an operator puts there, watched by io.patchbay.deploy
 * node.json, admin.token                       how to reach the running node; node.json only while it runs
 * </pre>
 *
 * <p>Folders are made with mode 0700 where the file system knows modes.
 */
final class FolderLayout {
    static final String REGISTRY = "registry.db";
    static final String RELEASES = "releases";
    static final String BUNDLE_DATA = "data";
    static final String SETTINGS = "etc";
    static final String BUNDLES = "bundles";
    static final String AUDIT = "audit";

    private FolderLayout() {}

    /** Makes a folder and its missing parents, readable by nobody else. */
    static void makePrivate(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            makePrivate(parent);
        }
        try {
            Files.createDirectory(folder, privateMode());
        } catch (FileAlreadyExistsException raced) {
            if (!Files.isDirectory(folder)) {
                throw raced;
            }
            return;
        }
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /** Makes the names in a folder survive a power cut. Systems that cannot open folders do it by themselves. */
    static void syncFolder(Path folder) throws IOException {
        if (!knowsModes()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Replaces a file by another text, whole or not at all, readable by nobody else. */
    static void writePrivate(Path file, byte[] bytes) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path fresh = folder.resolve("." + file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel =
                FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), fileMode())) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        syncFolder(folder);
    }

    private static boolean knowsModes() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] privateMode() {
        return mode("rwx------");
    }

    static FileAttribute<?>[] fileMode() {
        return mode("rw-------");
    }

    private static FileAttribute<?>[] mode(String mode) {
        if (!knowsModes()) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))};
    }
}
