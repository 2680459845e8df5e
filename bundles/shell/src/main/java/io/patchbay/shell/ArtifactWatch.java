// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/** Waits for an artifact to change: a file by its name, a folder by {@code plugin.yaml} and its modules. */
final class ArtifactWatch implements AutoCloseable {
    private static final long SETTLE_MILLIS = 300;

    private final WatchService watcher;
    private final Path source;
    private final boolean folder;

    ArtifactWatch(Path source) throws IOException {
        this.source = source.toAbsolutePath().normalize();
        folder = Files.isDirectory(source);
        Path watched = folder ? this.source : this.source.getParent();
        if (watched == null) {
            throw new IOException("it is in no folder");
        }
        watcher = watched.getFileSystem().newWatchService();
        watched.register(
                watcher,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
    }

    /**
     * Waits until the artifact has changed and then been left alone for a moment.
     *
     * @return false when the waiting was ended from outside
     */
    boolean awaitChange() {
        try {
            boolean changed = false;
            while (true) {
                WatchKey key = changed ? watcher.poll(SETTLE_MILLIS, TimeUnit.MILLISECONDS) : watcher.take();
                if (key == null) {
                    return true;
                }
                for (WatchEvent<?> event : key.pollEvents()) {
                    changed |= event.context() instanceof Path name && concerns(name);
                }
                key.reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ClosedWatchServiceException e) {
            return false;
        }
    }

    private boolean concerns(Path name) {
        return folder
                ? name.toString().equals("plugin.yaml") || name.toString().endsWith(".wasm")
                : name.equals(source.getFileName());
    }

    @Override
    public void close() throws IOException {
        watcher.close();
    }
}
