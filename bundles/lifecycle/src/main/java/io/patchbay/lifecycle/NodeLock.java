// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one lock of a data folder: exclusive for a node that writes, shared for nodes on a folder that cannot be written.
 *
 * <p>The operating system drops it when the process ends, however it ends, so no stale lock is ever left. The file also
 * holds the process id of its last holder as text, for the refusal that others get.
 *
 * <p>POSIX drops a process's locks on a file as soon as the process closes <em>any</em> descriptor of it. So the folder is
 * claimed within the JVM first, by a system property, which every framework and every revision of this bundle shares; who
 * finds it claimed never opens the file. Nothing else in this process may open it either.
 */
final class NodeLock implements AutoCloseable {
    static final String FILE = "node.lock";

    /** Far behind the text, so that systems with mandatory locks still let others read it. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final Pattern PID = Pattern.compile("pid (\\d{1,19})");
    private static final int TEXT_LIMIT = 64;

    private static final String CLAIM = "patchbay.claimed:";

    private final FileChannel channel;
    private final String claim;

    private NodeLock(FileChannel channel, String claim) {
        this.channel = channel;
        this.claim = claim;
    }

    /**
     * Takes the lock for writing.
     *
     * @throws AdminException {@code UNAVAILABLE} when somebody else holds it or the file cannot be written
     */
    static NodeLock exclusive(Path folder) throws AdminException {
        NodeLock lock =
                take(folder, false, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            lock.channel.truncate(0);
            lock.channel.write(
                    ByteBuffer.wrap(("pid " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)),
                    0);
            return lock;
        } catch (IOException failure) {
            lock.close();
            throw unusable(folder, failure);
        }
    }

    /**
     * Takes the lock for reading, when the folder has ever been used.
     *
     * @return empty when there is no lock file: nothing was ever stored there
     * @throws AdminException {@code UNAVAILABLE} when a node holds it for writing
     */
    static Optional<NodeLock> shared(Path folder) throws AdminException {
        if (!Files.exists(folder.resolve(FILE))) {
            return Optional.empty();
        }
        return Optional.of(take(folder, true, StandardOpenOption.READ));
    }

    private static NodeLock take(Path folder, boolean shared, StandardOpenOption... options) throws AdminException {
        String claim = claim(folder);
        try {
            return lock(folder, claim, shared, options);
        } catch (AdminException refusal) {
            System.clearProperty(claim);
            throw refusal;
        }
    }

    private static String claim(Path folder) throws AdminException {
        String claim;
        try {
            claim = CLAIM + folder.toRealPath();
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
        if (System.getProperties().putIfAbsent(claim, "") != null) {
            throw inUse(
                    folder,
                    "this process (pid " + ProcessHandle.current().pid()
                            + "), by another framework or an older revision of this bundle");
        }
        return claim;
    }

    private static NodeLock lock(Path folder, String claim, boolean shared, StandardOpenOption... options)
            throws AdminException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder.resolve(FILE), options);
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, shared);
            if (lock == null) {
                throw inUse(folder, holder(channel));
            }
            return new NodeLock(channel, claim);
        } catch (IOException | OverlappingFileLockException failure) {
            closeQuietly(channel);
            throw unusable(folder, failure);
        } catch (AdminException refusal) {
            closeQuietly(channel);
            throw refusal;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(TEXT_LIMIT);
        channel.read(text, 0);
        Matcher pid = PID.matcher(new String(text.array(), 0, text.position(), StandardCharsets.UTF_8));
        return pid.find() ? "another node (pid " + pid.group(1) + ")" : "another node";
    }

    private static AdminException inUse(Path folder, String holder) {
        return new AdminException(
                Problem.UNAVAILABLE,
                "data folder " + Texts.quoted(folder) + " is in use by " + holder
                        + ": stop that node, or name another folder");
    }

    private static AdminException unusable(Path folder, Exception failure) {
        return new AdminException(
                Problem.UNAVAILABLE,
                "data folder " + Texts.quoted(folder) + " cannot be locked: "
                        + (failure instanceof IOException io ? Texts.reason(io) : Texts.reason(failure)),
                failure);
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ignored) {
            // Nothing was written through it that anybody waits for.
        }
    }

    /** Releases the lock. Idempotent. The file stays: removing it would let two nodes lock two files of one name. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            // Closed before: the claim may be somebody else's by now.
            return;
        }
        closeQuietly(channel);
        System.clearProperty(claim);
    }
}
