// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.provider.DataFolder;
import io.patchbay.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** The data folder of this node, held by its lock from {@link #open} to {@link #close}. Thread-safe. */
final class NodeFolder implements DataFolder, AutoCloseable {
    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    private final Path root;
    private final boolean readOnly;
    private final Optional<NodeLock> lock;

    private NodeFolder(Path root, boolean readOnly, Optional<NodeLock> lock) {
        this.root = root;
        this.readOnly = readOnly;
        this.lock = lock;
    }

    /**
     * Makes the folder when it is missing and takes its lock.
     *
     * @throws AdminException {@code UNAVAILABLE}: in use, not a folder, or cannot be made
     */
    static NodeFolder open(Path path) throws AdminException {
        Path root = path.toAbsolutePath().normalize();
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "data folder " + Texts.quoted(root) + " is not a folder: remove that file, or name another folder");
        }
        if (Files.isDirectory(root) && !Files.isWritable(root)) {
            return readOnly(root);
        }
        try {
            FolderLayout.makePrivate(root);
        } catch (IOException failure) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "data folder " + Texts.quoted(root) + " cannot be made: " + Texts.reason(failure),
                    failure);
        }
        NodeLock lock = NodeLock.exclusive(root);
        try {
            FolderLayout.makePrivate(root.resolve(FolderLayout.SETTINGS));
            FolderLayout.makePrivate(root.resolve(FolderLayout.BUNDLES));
        } catch (IOException failure) {
            lock.close();
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "data folder " + Texts.quoted(root) + " cannot be used: " + Texts.reason(failure),
                    failure);
        }
        return new NodeFolder(root, false, Optional.of(lock));
    }

    /** A folder that cannot be written, shared with other nodes that read it. */
    static NodeFolder readOnly(Path root) throws AdminException {
        return new NodeFolder(root, true, NodeLock.shared(root));
    }

    Path root() {
        return root;
    }

    @Override
    public Path folder(String bundleSymbolicName) {
        if (!SYMBOLIC_NAME.matcher(bundleSymbolicName).matches()) {
            throw new ProviderException(
                    "a sub-folder is named by a bundle's symbolic name, not " + Texts.quoted(bundleSymbolicName));
        }
        Path folder = root.resolve(FolderLayout.BUNDLE_DATA).resolve(bundleSymbolicName);
        if (readOnly) {
            return folder;
        }
        try {
            FolderLayout.makePrivate(folder);
            return folder;
        } catch (IOException failure) {
            throw new ProviderException(
                    "folder " + Texts.quoted(folder) + " cannot be made: " + Texts.reason(failure), failure);
        }
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public void close() {
        lock.ifPresent(NodeLock::close);
    }
}
