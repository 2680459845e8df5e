// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.arrivals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Does things to the files of the directory as people and programs do them. Used by one thread. */
final class DirectoryHand {
    private static final int PIECES = 5;
    private static final long PAUSE_NANOS = Duration.ofMillis(80).toNanos();

    private final Path directory;
    private final Path beside;
    private final Duration settle;
    private final Random random;
    private int counter;
    private long slowCopies;
    private long stalledCopies;
    private long partialCopiesRead;

    /** @param beside an empty folder on the same file system */
    DirectoryHand(Path directory, Path beside, Duration settle, Random random) {
        this.directory = directory;
        this.beside = beside;
        this.settle = settle;
        this.random = random;
    }

    /** Puts a release there, in one of the ways in which that is done, over what is there under that name. */
    void put(String name, Form form, Release release) throws IOException {
        switch (form) {
            case FOLDER -> putFolder(name, release.files());
            case ZIP -> putFile(name, release.zip());
            case PACKED -> putFile(name, release.packed());
        }
    }

    private void putFile(String name, byte[] bytes) throws IOException {
        switch (random.nextInt(3)) {
            case 0 -> Files.write(directory.resolve(name), bytes);
            case 1 -> renameOver(name, bytes);
            default -> copySlowly(name, bytes);
        }
    }

    private void renameOver(String name, byte[] bytes) throws IOException {
        Path unfinished = Files.write(directory.resolve(name + ".part"), bytes);
        Files.move(unfinished, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /** In pieces, with pauses that are shorter than the settling time: nothing may be made of a piece. */
    private void copySlowly(String name, byte[] bytes) throws IOException {
        Path file = directory.resolve(name);
        boolean saidBefore = hasError(name);
        long longest = 0;
        try (OutputStream out = Files.newOutputStream(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long last = System.nanoTime();
            for (int i = 0; i < PIECES; i++) {
                out.write(Arrays.copyOfRange(bytes, bytes.length * i / PIECES, bytes.length * (i + 1) / PIECES));
                out.flush();
                long now = System.nanoTime();
                longest = Math.max(longest, now - last);
                last = now;
                if (i < PIECES - 1) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
        slowCopies++;
        if (longest >= settle.toNanos()) {
            stalledCopies++; // This machine made the pause longer: it may count as finished.
        } else if (!saidBefore && hasError(name)) {
            partialCopiesRead++;
        }
    }

    private boolean hasError(String name) {
        return Files.exists(directory.resolve(name + ".error.txt"));
    }

    private void putFolder(String name, Map<String, byte[]> files) throws IOException {
        Path folder = directory.resolve(name);
        if (random.nextBoolean()) {
            Path made = Files.createDirectory(beside.resolve("made-" + counter++));
            fill(made, files);
            Path old = beside.resolve("old-" + counter++);
            if (Files.exists(folder)) {
                Files.move(folder, old);
            }
            Files.move(made, folder);
            remove(old);
            return;
        }
        Files.createDirectories(folder);
        fill(folder, files);
    }

    private static void fill(Path folder, Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** Replaces what is there with what nobody can use. */
    void corrupt(String name, Form form) throws IOException {
        byte[] junk = ("no plugin, number " + counter++).getBytes(StandardCharsets.UTF_8);
        if (form == Form.FOLDER) {
            Files.createDirectories(directory.resolve(name));
            Files.write(directory.resolve(name).resolve("plugin.wasm"), junk);
        } else {
            Files.write(directory.resolve(name), junk);
        }
    }

    void delete(String name) throws IOException {
        remove(directory.resolve(name));
    }

    void touch(String name) throws IOException {
        Path path = directory.resolve(name);
        Path touched = Files.isDirectory(path) ? path.resolve("plugin.yaml") : path;
        if (Files.exists(touched)) {
            Files.setLastModifiedTime(touched, FileTime.from(Instant.ofEpochSecond(1_000_000 + counter++)));
        }
    }

    void rename(String from, String to) throws IOException {
        Files.move(directory.resolve(from), directory.resolve(to));
    }

    /** Puts files there that are nobody's business. */
    void litter(Release release) throws IOException {
        byte[] bytes = release.packed();
        for (String name : new String[] {".hidden.wasm", "unfinished.wasm.part", "copy.tmp", "old.wasm~"}) {
            Files.write(directory.resolve(name), bytes);
        }
    }

    private static void remove(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    long slowCopies() {
        return slowCopies;
    }

    long stalledCopies() {
        return stalledCopies;
    }

    long partialCopiesRead() {
        return partialCopiesRead;
    }
}
