// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import io.patchbay.artifact.ArtifactException.Code;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads files as they were at one moment, up to a limit each. Files that somebody writes meanwhile - a copy that is still
 * running, a build - are refused: half of a new file, or one new file beside an old one, is a plugin that nobody made.
 *
 * <p>Immutable, thread-safe.
 */
final class SteadyFiles {
    private final Opening opening;

    SteadyFiles(Opening opening) {
        this.opening = opening;
    }

    /** How a file is opened. */
    @FunctionalInterface
    interface Opening {
        InputStream open(Path file) throws IOException;
    }

    /**
     * A file to read.
     *
     * @param maxBytes the limit, 0 to 2^31 - 2
     */
    record Wanted(Path file, int maxBytes) {}

    /** What tells that a file was written: nothing else of it is looked at. */
    private record State(
            long size, FileTime modified, @Nullable Object identity) {
        static State of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }

    /** Reads one file. */
    byte[] read(Path file, int maxBytes) throws ArtifactException {
        return read(List.of(new Wanted(file, maxBytes))).get(0);
    }

    /**
     * Reads files that belong together.
     *
     * @return their contents in the given order
     * @throws ArtifactException when one cannot be read, is no file, is too large, or was written while they were read
     */
    List<byte[]> read(List<Wanted> wanted) throws ArtifactException {
        List<State> before = new ArrayList<>();
        for (Wanted each : wanted) {
            before.add(state(each.file()));
        }
        List<byte[]> contents = new ArrayList<>();
        for (Wanted each : wanted) {
            contents.add(content(each));
        }
        for (int i = 0; i < before.size(); i++) {
            Path file = wanted.get(i).file();
            State read = before.get(i);
            if (read.size() != contents.get(i).length || !read.equals(state(file))) {
                throw new ArtifactException(
                        Code.IO, file + " changed while it was read; try again when nobody writes it any more");
            }
        }
        return List.copyOf(contents);
    }

    private static State state(Path file) throws ArtifactException {
        if (!Files.isRegularFile(file)) {
            throw new ArtifactException(Code.IO, file + " is not a file");
        }
        try {
            return State.of(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private byte[] content(Wanted wanted) throws ArtifactException {
        try (InputStream in = opening.open(wanted.file())) {
            return bounded(in, wanted.maxBytes(), wanted.file().toString());
        } catch (IOException e) {
            throw unreadable(wanted.file(), e);
        }
    }

    /** Everything of a stream; a stream with more than {@code maxBytes} is refused after that many. */
    static byte[] bounded(InputStream in, int maxBytes, String name) throws IOException, ArtifactException {
        byte[] bytes = in.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw new ArtifactException(
                    Code.LIMIT, Quoted.text(name) + " is larger than the limit of " + maxBytes + " bytes");
        }
        return bytes;
    }

    static ArtifactException unreadable(Path file, IOException e) {
        return new ArtifactException(Code.IO, file + " cannot be read: " + e, e);
    }
}
