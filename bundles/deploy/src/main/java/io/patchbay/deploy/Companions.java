// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Texts beside a file of the watched directory: {@code NAME.error.txt} says what is wrong with it, {@code NAME.consent.txt}
 * what an operator has to decide. They go when there is nothing to say any more. Used by one thread.
 */
final class Companions {
    private static final String ERROR = ".error.txt";
    private static final String CONSENT = ".consent.txt";

    /** Begins each text; a file of this name that begins otherwise is somebody else's, and stays. */
    private static final String MARK = "Patchbay: ";

    private final Path directory;

    Companions(Path directory) {
        this.directory = directory;
    }

    static boolean isCompanion(String name) {
        return name.endsWith(ERROR) || name.endsWith(CONSENT);
    }

    /** The name that a companion stands beside. */
    static String owner(String companion) {
        return companion.substring(0, companion.length() - (companion.endsWith(ERROR) ? ERROR : CONSENT).length());
    }

    /** Says what is wrong. */
    void error(String name, List<String> lines) throws IOException {
        write(directory.resolve(name + ERROR), lines);
    }

    /** Says what is to be decided. */
    void consent(String name, List<String> lines) throws IOException {
        write(directory.resolve(name + CONSENT), lines);
    }

    void forgetError(String name) throws IOException {
        remove(directory.resolve(name + ERROR));
    }

    void forgetConsent(String name) throws IOException {
        remove(directory.resolve(name + CONSENT));
    }

    private static void write(Path file, List<String> lines) throws IOException {
        String text = MARK + String.join("\n", lines) + "\n";
        Optional<String> before = read(file);
        if (before.isEmpty() ? Files.exists(file) : before.get().equals(text)) {
            return;
        }
        SafeFile.replace(file, text);
    }

    private static void remove(Path file) throws IOException {
        if (Files.exists(file) && read(file).isPresent()) {
            Files.deleteIfExists(file);
        }
    }

    /** The text if it is ours. */
    private static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(MARK.length());
            if (!new String(start, StandardCharsets.UTF_8).equals(MARK)) {
                return Optional.empty();
            }
            return Optional.of(MARK + new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
