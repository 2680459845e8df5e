// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where things lie in a data folder.
 *
 * <pre>
 * node.lock                                    held by the running node, text: its process id; never opened by others
 * registry.db, registry.db-wal, registry.db-shm  plugins, releases, decisions, owners (SQLite)
 * releases/&lt;id&gt;/&lt;version&gt;/&lt;sha256&gt;/&lt;id&gt;.wasm   archived artifacts, never changed
 * bundles/&lt;symbolic name&gt;/                     what each bundle keeps: state, compiled forms, keys
 * </pre>
 *
 * <p>Folders are made with mode 0700 where the file system knows modes.
 */
final class FolderLayout {
    static final String REGISTRY = "registry.db";
    static final String RELEASES = "releases";
    static final String BUNDLES = "bundles";

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

    private static boolean knowsModes() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<?>[] privateMode() {
        if (!knowsModes()) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        };
    }
}
