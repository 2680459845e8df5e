// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The node's secret, under which it recognises its own compiled files: executable code that somebody else put into the data
 * folder has no valid seal. Thread-safe.
 */
public final class SigningKey {
    /** The length of the secret and of a seal. */
    static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final SecretKeySpec key;

    private SigningKey(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * Reads the secret, or makes one when there is none. Whoever calls holds the lock of the data folder.
     *
     * @param file where it is, in an existing folder, not null
     * @return never null
     * @throws IOException when it cannot be read or written, is not a secret, or others may read it
     */
    public static SigningKey loadOrCreate(Path file) throws IOException {
        if (!Files.exists(file)) {
            create(file);
        }
        checkPermissions(file);
        byte[] secret = Files.readAllBytes(file);
        if (secret.length != BYTES) {
            throw new IOException("the key file " + file + " has " + secret.length + " bytes instead of " + BYTES
                    + ": remove it, and everything is compiled again");
        }
        return new SigningKey(secret);
    }

    private static void create(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".key", "", ownerOnly(file));
        try {
            try (FileChannel out = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                writeFully(out, ByteBuffer.wrap(secret));
                out.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return posix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void checkPermissions(Path file) throws IOException {
        if (posix(file) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("the key file " + file + " may be read by others: chmod 600 it, or remove it, and"
                    + " everything is compiled again");
        }
    }

    /**
     * Seals a text of several parts. Each part goes in with its length, so that no two texts look alike.
     *
     * @param labels short parts
     * @param body the long part, read to its limit
     */
    byte[] seal(List<String> labels, ByteBuffer body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String label : labels) {
                byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            mac.update(body.duplicate());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
