// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AuditEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the audit trail: {@code audit/<first number>.jsonl}, appended to and never changed; the oldest go when there
 * are too many. A line whose end is missing was never acknowledged and is cut off. Used under its owner's lock.
 */
final class AuditFiles implements AutoCloseable {
    static final long ROTATE_BYTES = 8 << 20;

    private static final Pattern NAME = Pattern.compile("\\d{16}\\.jsonl");

    private final Path folder;
    private final int keep;
    private final long rotateBytes;
    private @Nullable FileChannel current;

    /**
     * @param keep how many files are kept, at least 1
     * @param rotateBytes the size at which another file is begun
     */
    AuditFiles(Path folder, int keep, long rotateBytes) {
        this.folder = folder;
        this.keep = Math.max(1, keep);
        this.rotateBytes = rotateBytes;
    }

    /** Whether a name is one of a file of the trail. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** The files, oldest first. */
    List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> isName(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    /** Cuts a line off that a kill left without its end; gives the number of the last line, 0 when there is none. */
    long repair() throws IOException {
        List<Path> files = files();
        for (int index = files.size() - 1; index >= 0; index--) {
            byte[] bytes = Files.readAllBytes(files.get(index));
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            if (end < bytes.length) {
                try (FileChannel channel = FileChannel.open(files.get(index), StandardOpenOption.WRITE)) {
                    channel.truncate(end);
                    channel.force(true);
                }
            }
            Optional<AuditEntry> last =
                    newest(new String(bytes, 0, end, StandardCharsets.UTF_8), entry -> true, 1).stream()
                            .findFirst();
            if (last.isPresent()) {
                return last.get().sequence();
            }
        }
        return 0;
    }

    /** Appends a line; on the medium when this returns. */
    void append(long sequence, String line) throws IOException {
        FileChannel channel = current;
        if (channel == null || channel.size() >= rotateBytes) {
            close();
            channel = begin(sequence);
            current = channel;
        }
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        long before = channel.size();
        try {
            channel.position(before);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException failure) {
            channel.truncate(before);
            throw failure;
        }
    }

    private FileChannel begin(long sequence) throws IOException {
        FolderLayout.makePrivate(folder);
        List<Path> files = files();
        if (!files.isEmpty() && Files.size(files.get(files.size() - 1)) < rotateBytes) {
            return FileChannel.open(files.get(files.size() - 1), StandardOpenOption.WRITE);
        }
        Path fresh = folder.resolve(String.format("%016d.jsonl", sequence));
        FileChannel channel = FileChannel.open(
                fresh, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), FolderLayout.fileMode());
        FolderLayout.syncFolder(folder);
        for (int index = 0; index <= files.size() - keep; index++) {
            Files.deleteIfExists(files.get(index));
        }
        return channel;
    }

    /** The newest lines that match, oldest first. */
    List<AuditEntry> newest(Predicate<AuditEntry> wanted, int limit) throws IOException {
        List<AuditEntry> found = new ArrayList<>();
        List<Path> files = new ArrayList<>(files());
        Collections.reverse(files);
        for (Path file : files) {
            if (found.size() >= limit) {
                break;
            }
            found.addAll(newest(Files.readString(file), wanted, limit - found.size()));
        }
        Collections.reverse(found);
        return List.copyOf(found);
    }

    /** The newest lines of a text that match, newest first; what is no line of ours is left out. */
    private static List<AuditEntry> newest(String text, Predicate<AuditEntry> wanted, int limit) {
        List<AuditEntry> found = new ArrayList<>();
        int end = text.lastIndexOf('\n');
        while (end > 0 && found.size() < limit) {
            int start = text.lastIndexOf('\n', end - 1);
            AuditJson.read(text.substring(start + 1, end)).filter(wanted).ifPresent(found::add);
            end = start;
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        FileChannel open = current;
        current = null;
        if (open != null) {
            Objects.requireNonNull(open).close();
        }
    }
}
