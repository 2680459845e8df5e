// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.AuditEntry.Outcome;
import io.patchbay.admin.BackupAdmin;
import io.patchbay.admin.BackupRequest;
import io.patchbay.admin.BackupView;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.RestoreRequest;
import io.patchbay.port.AuditEvent;
import io.patchbay.provider.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Backs the node behind a door up, and restores it. Thread-safe. */
final class BackupDoor implements BackupAdmin {
    private final NodeDoor door;
    private final Supplier<List<LocalStore>> stores;
    private final Clock clock;
    private final ReentrantLock working = new ReentrantLock();

    BackupDoor(NodeDoor door, Supplier<List<LocalStore>> stores, Clock clock) {
        this.door = door;
        this.stores = stores;
        this.clock = clock;
    }

    @Override
    public BackupView backup(BackupRequest request) throws AdminException {
        Node node = door.node();
        node.refuseReadOnly();
        working.lock();
        try {
            BackupView made = node.backup(stores.get(), clock).make(request, plugins(node));
            record(node, request.dryRun(), request.actor(), "backup", Outcome.DONE, describe(made));
            return made;
        } catch (AdminException refusal) {
            record(node, request.dryRun(), request.actor(), "backup", outcome(refusal), Texts.reason((Throwable)
                    refusal));
            throw refusal;
        } finally {
            working.unlock();
        }
    }

    private static List<String> plugins(Node node) {
        return node.plugins().all().stream()
                .map(plugin -> plugin.id() + " " + plugin.record().current().version())
                .toList();
    }

    private static String describe(BackupView view) {
        return Texts.quoted(view.file()) + ", " + view.items() + " files, " + view.bytes() + " bytes";
    }

    private static Outcome outcome(AdminException refusal) {
        return refusal.problem() == Problem.UNAVAILABLE ? Outcome.FAILED : Outcome.REFUSED;
    }

    private static void record(Node node, boolean dryRun, String actor, String action, Outcome outcome, String detail) {
        if (!dryRun) {
            node.audit().record(new AuditEvent(actor, ChangeContext.COMMAND, action, "", "", outcome, detail));
        }
    }

    @Override
    public BackupView restore(RestoreRequest request) throws AdminException {
        working.lock();
        try {
            BackupView restored = restored(request);
            if (door.opened().isPresent()) {
                record(
                        door.node(),
                        request.dryRun(),
                        request.actor(),
                        "restore",
                        Outcome.DONE,
                        describe(restored) + ", made at " + restored.madeAt());
            }
            return restored;
        } catch (AdminException refusal) {
            if (door.opened().isPresent()) {
                record(
                        door.node(),
                        request.dryRun(),
                        request.actor(),
                        "restore",
                        outcome(refusal),
                        Texts.reason((Throwable) refusal));
            }
            throw refusal;
        } finally {
            working.unlock();
        }
    }

    private BackupView restored(RestoreRequest request) throws AdminException {
        Path file = request.file();
        try (BackupFile.Reader backup = BackupFile.open(file)) {
            BackupManifest manifest = backup.manifest();
            List<String> notes = new ArrayList<>(manifest.elsewhere());
            if (request.dryRun()) {
                return view(request, manifest, notes);
            }
            door.exchange(folder -> exchange(folder, request, backup, notes));
            return view(request, manifest, notes);
        } catch (BackupException refused) {
            throw notABackup(file, refused);
        } catch (IOException failure) {
            throw new AdminException(
                    Problem.INPUT,
                    "backup " + Texts.quoted(file) + " cannot be read: " + Texts.reason(failure),
                    failure);
        }
    }

    private static AdminException notABackup(Path file, BackupException refused) {
        return new AdminException(
                Problem.INPUT,
                Texts.quoted(file) + " cannot be restored: " + Texts.reason((Throwable) refused)
                        + "; nothing was changed",
                refused);
    }

    private static BackupView view(RestoreRequest request, BackupManifest manifest, List<String> notes) {
        return new BackupView(
                request.file(),
                request.dryRun(),
                Instant.parse(manifest.madeAt()),
                manifest.plugins(),
                manifest.items().size(),
                manifest.bytes(),
                notes);
    }

    /** Prepares, then asks for the folder to be free, then exchanges. */
    private static NodeDoor.Exchange exchange(
            NodeFolder folder, RestoreRequest request, BackupFile.Reader backup, List<String> notes)
            throws AdminException {
        Path root = folder.root();
        Restoration restoration = new Restoration(root);
        try {
            if (!request.replace() && inUse(root)) {
                throw new AdminException(
                        Problem.REFUSED,
                        "data folder " + Texts.quoted(root)
                                + " holds plugins already, which would be replaced: nothing was"
                                + " changed; say --replace to lose them");
            }
            restoration.stage(backup, request.progress());
            if (restoration.keepsTrail()) {
                notes.add("this node's own audit trail goes on; that of the backup is left out");
            }
        } catch (BackupException refused) {
            restoration.discard();
            throw notABackup(request.file(), refused);
        } catch (IOException failure) {
            restoration.discard();
            throw failed(root, failure);
        } catch (AdminException | RuntimeException failure) {
            restoration.discard();
            throw failure;
        }
        return () -> {
            try {
                restoration.decide(backup.manifest());
                restoration.finish();
            } catch (IOException failure) {
                restoration.discard();
                throw failed(root, failure);
            }
        };
    }

    private static AdminException failed(Path root, IOException failure) {
        return new AdminException(
                Problem.UNAVAILABLE,
                "data folder " + Texts.quoted(root) + " cannot take the backup: " + Texts.reason(failure),
                failure);
    }

    private static boolean inUse(Path root) throws IOException {
        return !FolderTree.files(root.resolve(FolderLayout.RELEASES)).isEmpty()
                || (Files.exists(root.resolve(FolderLayout.REGISTRY)) && !hasEmptyRegistry(root));
    }

    /** Whether the registry that is there can be read and knows no plugin. */
    private static boolean hasEmptyRegistry(Path root) {
        try (Registry registry = Registry.open(root.resolve(FolderLayout.REGISTRY))) {
            return registry.archives().isEmpty() && registry.owners().isEmpty();
        } catch (RegistryException damaged) {
            return false;
        }
    }
}
