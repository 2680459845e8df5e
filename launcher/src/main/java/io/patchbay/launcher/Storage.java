// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The temporary folder of one framework, gone with it.
 *
 * <p>A process that is killed cannot clean up, and leaves some 20 MB. So each folder holds a locked file, and whoever
 * ends properly also removes folders whose lock nobody holds any more. A lock works between containers that share a
 * temporary folder, where process ids would not.
 */
final class Storage {
    private static final String PREFIX = "patchbay-node-";
    private static final String LOCK = "in-use";

    /** A folder younger than this may be one whose process has not locked it yet. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lock;

    private Storage(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static Storage create() throws IOException {
        Path path = Files.createTempDirectory(PREFIX);
        FileChannel lock =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new Storage(path, lock);
    }

    Path path() {
        return path;
    }

    /** Removes this folder and the ones that killed processes left; what cannot be removed stays for the next. */
    void delete() {
        try {
            lock.close();
        } catch (IOException e) {
            // The lock ends with the process at the latest.
        }
        deleteTree(path);
        deleteAbandoned();
    }

    private void deleteAbandoned() {
        Path parent = path.getParent();
        if (parent == null) {
            return;
        }
        Instant limit = Instant.now().minus(YOUNG);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(limit) && isAbandoned(folder)) {
                    deleteTree(folder);
                }
            }
        } catch (IOException e) {
            // Somebody else's folder, or removed by somebody else meanwhile.
        }
    }

    private static boolean isAbandoned(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock mine = channel.tryLock()) {
            return mine != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static void deleteTree(Path folder) {
        try (Stream<Path> content = Files.walk(folder)) {
            content.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException | UncheckedIOException e) {
            // Gone already, or not ours to remove.
        }
    }
}
