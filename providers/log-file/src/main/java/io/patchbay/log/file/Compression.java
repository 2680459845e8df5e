// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses the files that were rotated out. A file goes only once its compressed form is whole and has its name, so a full
 * disk or a crash loses nothing: what is left uncompressed is tried again at the next rotation and at the next start.
 *
 * <p>The rolling policies could compress, too, but delete a file even where compressing it has failed (Logback 1.6.6).
 * {@link #sweep()} is for one thread at a time.
 */
final class Compression implements AutoCloseable {
    static final String ENDING = ".gz";

    private static final String UNFINISHED = ".part";
    private static final String DATE_AND_NUMBER = "[.][0-9]{4}-[0-9]{2}(-[0-9]{2}(_[0-9]{2})?)?[.][0-9]+";
    private static final int BUFFER = 64 * 1024;
    private static final long CLOSE_MILLIS = 1_500;

    private final Path folder;
    private final Pattern rotated;
    private final RollingFile.Streams streams;
    private final Consumer<String> complaints;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread made = new Thread(work, "patchbay-log-file-gzip");
        made.setDaemon(true);
        return made;
    });

    private volatile boolean closed;

    /**
     * Makes one.
     *
     * @param folder where the rotated files are
     * @param stem what their names begin with
     * @param extension what their names end with before they are compressed
     * @param streams opens the compressed file
     * @param complaints is told what is left uncompressed and why; an empty text when nothing is
     */
    Compression(Path folder, String stem, String extension, RollingFile.Streams streams, Consumer<String> complaints) {
        this.folder = folder;
        this.streams = streams;
        this.complaints = complaints;
        rotated = Pattern.compile(Pattern.quote(stem) + DATE_AND_NUMBER + Pattern.quote(extension));
    }

    /** Compresses in the background what is there. */
    void start() {
        thread.execute(this::sweep);
    }

    /** Compresses what is there. */
    void sweep() {
        String left = "";
        for (Path file : waiting()) {
            try {
                compress(file);
            } catch (IOException e) {
                left = "it is left uncompressed: " + file + ": " + Words.of(e);
            }
            if (closed) {
                return;
            }
        }
        complaints.accept(left);
    }

    private List<Path> waiting() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            rotated.matcher(file.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private void compress(Path file) throws IOException {
        Path target = file.resolveSibling(file.getFileName() + ENDING);
        // It was given its name whole, and only the end of the process kept the other one from going.
        if (!Files.exists(target) && !write(file, target)) {
            return;
        }
        Files.delete(file);
    }

    private boolean write(Path file, Path target) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
        try {
            if (!copy(file, unfinished)) {
                Files.deleteIfExists(unfinished);
                return false;
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
    }

    /** False when it was closed in the middle. */
    private boolean copy(Path file, Path target) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = new GZIPOutputStream(streams.create(target), BUFFER)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (closed) {
                    return false;
                }
                out.write(buffer, 0, read);
            }
            return true;
        }
    }

    /** Gives the file that is being compressed a moment; what is not done then is done after the next start. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed = true;
    }
}
