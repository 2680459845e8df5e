// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Who holds it is the only one that writes, rotates and compresses a log file: a second one would go on in a file that the
 * first has rotated out. It is a lock on a file beside it, and ends with the process at the latest.
 */
final class WriterLock implements AutoCloseable {
    private static final String ENDING = ".lock";

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws IOException when somebody else holds it
     */
    static WriterLock take(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ENDING);
        FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.close();
            throw new IOException(
                    "another node, or another provider of this one, writes it; give each a file of its own");
        }
        return new WriterLock(channel);
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock mine = channel.tryLock();
            return mine != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
