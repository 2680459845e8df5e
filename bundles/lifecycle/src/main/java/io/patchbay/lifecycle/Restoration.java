// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.port.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Exchanges the content of a data folder for that of a backup, whole or not at all, in a folder whose lock is held and in
 * which nothing is open.
 *
 * <p>Everything is unpacked and checked beside what is there. Then one file, {@code .restore/decided}, decides: without it
 * nothing has happened and the next start throws the rest away; with it the exchange goes on until it is done, and each of
 * its steps can be taken twice.
 */
final class Restoration {
    private static final String FOLDER = ".restore";
    private static final String FRESH = "new";
    private static final String DECIDED = "decided";
    private static final List<String> BESIDE_A_DATABASE = List.of("-wal", "-shm", "-journal");

    private final Path root;
    private final Path folder;

    Restoration(Path root) {
        this.root = root;
        this.folder = root.resolve(FOLDER);
    }

    /**
     * Unpacks and checks a backup beside what is there. Changes nothing else.
     *
     * @throws BackupException when it is damaged or of a newer version
     */
    void stage(BackupFile.Reader backup, Progress progress) throws IOException, BackupException {
        FolderTree.delete(folder);
        FolderLayout.makePrivate(folder);
        Path fresh = folder.resolve(FRESH);
        long needed = backup.manifest().bytes();
        long free = Files.getFileStore(root).getUsableSpace();
        if (needed < 0 || needed > free) {
            throw new IOException("no space left: it needs " + needed + " bytes, " + free + " are free");
        }
        FolderLayout.makePrivate(fresh);
        backup.unpack(fresh, progress);
        checkRegistry(fresh, backup.manifest());
    }

    private static void checkRegistry(Path fresh, BackupManifest manifest) throws IOException, BackupException {
        Set<String> names = new HashSet<>();
        manifest.items().forEach(item -> names.add(item.name()));
        try (Registry registry = Registry.open(fresh.resolve(FolderLayout.REGISTRY))) {
            for (String archive : registry.archives()) {
                if (!names.contains(archive)) {
                    throw new BackupException(
                            "its registry needs " + Texts.quoted(archive) + ", which is missing in it");
                }
            }
        } catch (RegistryException refused) {
            throw new BackupException("its registry cannot be used: " + Texts.reason((Throwable) refused));
        }
    }

    /** Whether the folder has an audit trail of its own, which then goes on instead of the backup's. */
    boolean keepsTrail() throws IOException {
        return !FolderTree.files(root.resolve(FolderLayout.AUDIT)).isEmpty();
    }

    /** Decides: from here on the exchange is finished, whatever happens. */
    void decide(BackupManifest manifest) throws IOException {
        Path fresh = folder.resolve(FRESH);
        if (keepsTrail()) {
            FolderTree.delete(fresh.resolve(FolderLayout.AUDIT));
            try (Registry registry = Registry.open(fresh.resolve(FolderLayout.REGISTRY))) {
                registry.clearOutbox();
            } catch (RegistryException failure) {
                throw new IOException(Texts.reason((Throwable) failure), failure);
            }
        }
        for (String beside : BESIDE_A_DATABASE) {
            Files.deleteIfExists(fresh.resolve(FolderLayout.REGISTRY + beside));
        }
        syncFolders(fresh);
        StringBuilder names = new StringBuilder();
        manifest.items().forEach(item -> names.append(item.name()).append('\n'));
        FolderLayout.writePrivate(folder.resolve(DECIDED), names.toString().getBytes(StandardCharsets.UTF_8));
        FolderLayout.syncFolder(root);
    }

    private static void syncFolders(Path top) throws IOException {
        FolderLayout.syncFolder(top);
        for (Path file : FolderTree.files(top)) {
            for (Path above = file.getParent(); above != null && above.startsWith(top); above = above.getParent()) {
                FolderLayout.syncFolder(above);
            }
        }
    }

    /** Gives up what was staged and not decided. */
    void discard() {
        if (!Files.exists(folder.resolve(DECIDED))) {
            FolderTree.deleteQuietly(folder);
        }
    }

    /**
     * Goes on with an exchange that was decided, or throws away what was not.
     *
     * @return whether an exchange was finished
     */
    boolean finish() throws IOException {
        Path decided = folder.resolve(DECIDED);
        if (!Files.exists(decided)) {
            FolderTree.delete(folder);
            return false;
        }
        Set<String> names = new HashSet<>(Files.readAllLines(decided));
        removeOthers(names);
        Path fresh = folder.resolve(FRESH);
        for (Path file : FolderTree.files(fresh)) {
            Path target = root.resolve(fresh.relativize(file).toString());
            Path parent = Objects.requireNonNull(target.getParent());
            FolderLayout.makePrivate(parent);
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            FolderLayout.syncFolder(parent);
        }
        Files.delete(decided);
        FolderLayout.syncFolder(folder);
        FolderTree.delete(folder);
        return true;
    }

    /** What is there and would mix with what comes: whatever a backup could hold, and what lies beside databases. */
    private void removeOthers(Set<String> names) throws IOException {
        for (String name : names) {
            if (name.endsWith(".db")) {
                for (String beside : BESIDE_A_DATABASE) {
                    Files.deleteIfExists(root.resolve(name + beside));
                }
            }
        }
        for (String managed : List.of(FolderLayout.RELEASES, FolderLayout.SETTINGS)) {
            for (Path file : FolderTree.files(root.resolve(managed))) {
                if (!names.contains(root.relativize(file).toString().replace('\\', '/'))
                        && (managed.equals(FolderLayout.RELEASES)
                                || String.valueOf(file.getFileName()).endsWith(".config"))) {
                    Files.deleteIfExists(file);
                }
            }
        }
        if (!names.contains(PolicyFile.NAME)) {
            Files.deleteIfExists(root.resolve(PolicyFile.NAME));
        }
    }
}
