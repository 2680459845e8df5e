// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The file of a backup: a zip with a manifest. Written whole or not at all; of what is read nothing is trusted. */
final class BackupFile {
    private static final String UNFINISHED = ".part";

    private BackupFile() {}

    /**
     * What becomes of the sources in the manifest.
     *
     * @param plugins the plugins in it
     * @param elsewhere what is not in it
     * @param madeAt when, ISO 8601 in UTC
     */
    record Label(List<String> plugins, List<String> elsewhere, String madeAt) {}

    /**
     * Writes one, readable by its owner alone.
     *
     * @param sources files by their names in the backup
     */
    static BackupManifest write(Path file, Map<String, Path> sources, Label label, Progress progress)
            throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        Path unfinished = folder.resolve(file.getFileName() + UNFINISHED);
        Files.deleteIfExists(unfinished);
        try {
            BackupManifest manifest = fill(unfinished, sources, label, progress);
            if (Files.exists(file)) {
                throw new IOException("it is there by now");
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            FolderLayout.syncFolder(folder);
            return manifest;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static BackupManifest fill(Path unfinished, Map<String, Path> sources, Label label, Progress progress)
            throws IOException {
        List<BackupManifest.Item> items = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(
                unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FolderLayout.fileMode())) {
            // Closing the stream would close the channel before it is synced.
            ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(channel));
            for (Map.Entry<String, Path> source : sources.entrySet()) {
                progress.advanced("packing " + source.getKey(), (double) items.size() / sources.size());
                items.add(add(zip, source.getKey(), source.getValue()));
            }
            BackupManifest manifest = new BackupManifest(
                    BackupManifest.FORMAT, label.madeAt(), label.plugins(), items, label.elsewhere());
            zip.putNextEntry(new ZipEntry(BackupManifest.NAME));
            zip.write(manifest.write());
            zip.closeEntry();
            zip.finish();
            channel.force(true);
            return manifest;
        }
    }

    private static BackupManifest.Item add(ZipOutputStream zip, String name, Path source) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        DigestOutputStream out = new DigestOutputStream(zip, sha256());
        long bytes = Files.copy(source, out);
        zip.closeEntry();
        return new BackupManifest.Item(
                name, bytes, HexFormat.of().formatHex(out.getMessageDigest().digest()));
    }

    /** A backup that is being read. */
    static final class Reader implements AutoCloseable {
        private final ZipFile zip;
        private final BackupManifest manifest;

        private Reader(ZipFile zip, BackupManifest manifest) {
            this.zip = zip;
            this.manifest = manifest;
        }

        BackupManifest manifest() {
            return manifest;
        }

        /**
         * Unpacks everything below a folder, which is empty, and checks each file against the manifest.
         *
         * @throws BackupException when one is not what the manifest says
         */
        void unpack(Path folder, Progress progress) throws IOException, BackupException {
            int done = 0;
            for (BackupManifest.Item item : manifest.items()) {
                progress.advanced(
                        "unpacking " + item.name(),
                        (double) done++ / manifest.items().size());
                Path target = folder.resolve(item.name());
                FolderLayout.makePrivate(Objects.requireNonNull(target.getParent()));
                unpack(item, target);
            }
        }

        private void unpack(BackupManifest.Item item, Path target) throws IOException, BackupException {
            MessageDigest digest = sha256();
            long left = item.bytes();
            try (InputStream in = zip.getInputStream(zip.getEntry(item.name()));
                    FileChannel channel = FileChannel.open(
                            target,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            FolderLayout.fileMode())) {
                OutputStream out = Channels.newOutputStream(channel);
                byte[] buffer = new byte[1 << 16];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    left -= read;
                    if (left < 0) {
                        throw new BackupException(
                                Texts.quoted(item.name()) + " in it is larger than its manifest says");
                    }
                    digest.update(buffer, 0, read);
                    out.write(buffer, 0, read);
                }
                channel.force(true);
            } catch (ZipException damaged) {
                throw new BackupException(Texts.quoted(item.name()) + " in it is damaged");
            }
            if (left != 0 || !HexFormat.of().formatHex(digest.digest()).equals(item.sha256())) {
                throw new BackupException(
                        Texts.quoted(item.name()) + " in it is damaged: it is not what its manifest says");
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /**
     * Opens one, and checks that it holds exactly what its manifest says.
     *
     * @throws BackupException when it is no backup, damaged, or newer
     */
    static Reader open(Path file) throws IOException, BackupException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (ZipException damaged) {
            throw new BackupException("it is no zip, or a damaged one");
        }
        try {
            BackupManifest manifest = BackupManifest.read(manifest(zip));
            Set<String> missing = new HashSet<>();
            manifest.items().forEach(item -> missing.add(item.name()));
            missing.add(BackupManifest.NAME);
            for (ZipEntry entry : zip.stream().toList()) {
                if (!missing.remove(entry.getName())) {
                    throw new BackupException(
                            "it holds " + Texts.quoted(entry.getName()) + ", which its manifest does not name");
                }
            }
            if (!missing.isEmpty()) {
                throw new BackupException(
                        Texts.quoted(missing.iterator().next()) + " is missing in it, which its manifest names");
            }
            return new Reader(zip, manifest);
        } catch (IOException | BackupException | RuntimeException failure) {
            zip.close();
            throw failure;
        }
    }

    private static byte[] manifest(ZipFile zip) throws IOException, BackupException {
        ZipEntry entry = zip.getEntry(BackupManifest.NAME);
        if (entry == null) {
            throw new BackupException("it is no backup of a node: it holds no " + BackupManifest.NAME);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] json = in.readNBytes(BackupManifest.MAX_BYTES + 1);
            if (json.length > BackupManifest.MAX_BYTES) {
                throw new BackupException("its manifest is larger than " + BackupManifest.MAX_BYTES + " bytes");
            }
            return json;
        } catch (ZipException damaged) {
            throw new BackupException("its manifest is damaged");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
