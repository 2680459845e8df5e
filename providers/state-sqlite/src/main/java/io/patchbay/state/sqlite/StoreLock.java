// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.sqlite;

import io.patchbay.provider.ProviderException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says that one open provider has the store: a lock on a file beside it, which the operating system releases when the
 * process dies. The reading cache and the one writer rest on it.
 */
final class StoreLock implements AutoCloseable {
    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock without waiting.
     *
     * @param store the store's file
     * @throws ProviderException when another provider, in this process or another, has the store
     */
    static StoreLock take(Path store) {
        Path file = store.resolveSibling(store.getFileName() + ".lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel)) {
                return new StoreLock(channel);
            }
            channel.close();
            throw new ProviderException("the state store " + store
                    + " is open in another provider or process: a SQLite store serves one node");
        } catch (IOException e) {
            throw new ProviderException(
                    "cannot lock the state store " + store + ": check the folder's owner and mode", e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ProviderException("the lock of the state store cannot be given back", e);
        }
    }
}
