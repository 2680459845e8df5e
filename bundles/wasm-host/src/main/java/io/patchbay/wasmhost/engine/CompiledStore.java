// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Keeps compiled artifacts in a folder, one file each, named by the artifact's digest. A file is code that will run inside
 * the host, so it is used only under a valid seal over its role, digest, versions, page size and bytes; any other file is
 * as good as none and is replaced by the next {@link #put}. Files are never changed in place. Thread-safe.
 */
public final class CompiledStore {
    /** Part of every seal: changes with the format of the file and with what {@link ClassTransformer} does. */
    private static final String FORMAT = "1";

    private static final String ROLE = "compiled";
    private static final String ENGINE = "chicory 1.7.5";
    private static final String SUFFIX = ".compiled";
    private static final String DRAFT = ".draft";
    private static final long MAX_BYTES = 512L << 20;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private final Path directory;
    private final SigningKey key;
    private final AtomicLong rejected = new AtomicLong();

    /**
     * Opens a folder, making it when it is missing, for its owner only.
     *
     * @param directory the folder, not null
     * @param key the node's secret, not null
     * @throws IOException when it cannot be made
     */
    public CompiledStore(Path directory, SigningKey key) throws IOException {
        this.directory = Objects.requireNonNull(directory, "directory");
        this.key = Objects.requireNonNull(key, "key");
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        removeDrafts();
    }

    /** Drafts that a crash left. Whoever opens the store holds the lock of the data folder, so nobody writes one now. */
    private void removeDrafts() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(directory, DRAFT + "*")) {
            for (Path draft : drafts) {
                Files.deleteIfExists(draft);
            }
        }
    }

    /**
     * Looks an artifact up.
     *
     * @param digest SHA-256 of the artifact, 64 lower-case hex digits, not null
     * @return its compiled form; empty when there is none, or none that this node made with these versions
     */
    public Optional<CompiledArtifact> find(String digest) {
        try {
            Path file = file(digest);
            if (Files.size(file) > MAX_BYTES) {
                return reject();
            }
            return open(digest, ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return reject();
        }
    }

    private Optional<CompiledArtifact> open(String digest, ByteBuffer bytes) {
        if (bytes.remaining() < SigningKey.BYTES) {
            return reject();
        }
        byte[] seal = new byte[SigningKey.BYTES];
        bytes.get(seal);
        if (!MessageDigest.isEqual(seal, seal(digest, bytes))) {
            return reject();
        }
        try {
            return Optional.of(CompiledArtifact.decode(bytes));
        } catch (IllegalArgumentException e) {
            return reject();
        }
    }

    private Optional<CompiledArtifact> reject() {
        rejected.incrementAndGet();
        return Optional.empty();
    }

    /**
     * Tells whether there is a file for an artifact; {@link #find} says whether it is any good.
     *
     * @param digest as for {@link #find}, not null
     * @return true when there is
     */
    public boolean contains(String digest) {
        return Files.isRegularFile(file(digest));
    }

    /**
     * How many files were not used because their seal was not valid, since this store was opened.
     *
     * @return 0 or more
     */
    public long rejected() {
        return rejected.get();
    }

    /**
     * Keeps an artifact. When this returns it survives a power cut; a crash before leaves no half file behind that counts.
     *
     * @param digest as for {@link #find}, not null
     * @param artifact its compiled form, not null
     * @throws IOException when it cannot be written: a full disk, a folder without write permission
     */
    public void put(String digest, CompiledArtifact artifact) throws IOException {
        Path file = file(digest);
        ByteBuffer body = ByteBuffer.wrap(artifact.encode());
        Path draft = Files.createTempFile(directory, DRAFT, "");
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                SigningKey.writeFully(out, ByteBuffer.wrap(seal(digest, body)));
                SigningKey.writeFully(out, body);
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
        syncDirectory();
    }

    private void syncDirectory() throws IOException {
        if (!directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return; // elsewhere a folder cannot be opened
        }
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /**
     * Forgets an artifact.
     *
     * @param digest as for {@link #find}, not null
     * @throws IOException when its file cannot be deleted
     */
    public void remove(String digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    private byte[] seal(String digest, ByteBuffer body) {
        return key.seal(List.of(ROLE, digest, FORMAT, ENGINE, Integer.toString(GuestMemory.FRAME_SIZE)), body);
    }

    private Path file(String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("a digest is 64 lower-case hex digits");
        }
        return directory.resolve(digest + SUFFIX);
    }
}
