// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BackupRequest;
import io.patchbay.admin.BackupView;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.LocalStore;
import io.patchbay.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Makes a backup of an open node while it is used. The copies of stores and of the registry fit together: whose data lies
 * where, and which move is under way, is the same before the first copy and after the last one; otherwise they are made anew.
 */
final class NodeBackup {
    private static final int ATTEMPTS = 5;
    private static final String COPIES = ".backup";

    private final Path root;
    private final Registry registry;
    private final List<LocalStore> stores;
    private final Clock clock;

    /** @param stores the stores in the data folder */
    NodeBackup(Path root, Registry registry, List<LocalStore> stores, Clock clock) {
        this.root = root;
        this.registry = registry;
        this.stores = List.copyOf(stores);
        this.clock = clock;
    }

    BackupView make(BackupRequest request, List<String> plugins) throws AdminException {
        Path file = request.file().toAbsolutePath();
        refusePlace(file);
        Path copies = root.resolve(COPIES);
        try {
            for (int attempt = 1; ; attempt++) {
                FolderTree.delete(copies);
                FolderLayout.makePrivate(copies);
                try {
                    Facts before = facts();
                    Map<String, Path> sources = sources(copies);
                    if (before.equals(facts())) {
                        return made(request, file, sources, plugins);
                    }
                } catch (NoSuchFileException gone) {
                    // A plugin was uninstalled meanwhile.
                    if (attempt == ATTEMPTS) {
                        throw gone;
                    }
                }
                if (attempt == ATTEMPTS) {
                    throw new AdminException(
                            Problem.UNAVAILABLE,
                            "plugins' data changes its owners all the time: try again when no move is under way");
                }
            }
        } catch (IOException failure) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "backup " + Texts.quoted(file) + " cannot be made: " + Texts.reason(failure),
                    failure);
        } catch (RegistryException | ProviderException failure) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "backup " + Texts.quoted(file) + " cannot be made: " + Texts.reason((Throwable) failure),
                    failure);
        } finally {
            FolderTree.deleteQuietly(copies);
        }
    }

    private static void refusePlace(Path file) throws AdminException {
        if (Files.exists(file)) {
            throw new AdminException(
                    Problem.INPUT, Texts.quoted(file) + " is there already: name a file that does not exist");
        }
        if (!Files.isDirectory(Objects.requireNonNull(file.getParent()))) {
            throw new AdminException(Problem.INPUT, "there is no folder " + Texts.quoted(file.getParent()));
        }
    }

    /** What must not change while copies are made. */
    private record Facts(Map<OwnerKey, StoreOwner> owners, List<?> moves, Map<String, PurgeRecord> purges) {}

    private Facts facts() throws RegistryException {
        return new Facts(registry.owners(), registry.migrations(), registry.purges());
    }

    /** Stores first: what a plugin writes after the copy of its store is younger than the backup, and no more than that. */
    private Map<String, Path> sources(Path copies) throws IOException, RegistryException {
        Map<String, Path> sources = new TreeMap<>();
        for (LocalStore store : stores) {
            if (store.fileName().matches(LocalStore.FILE_NAME)) {
                Path copy = copies.resolve(sources.size() + ".db");
                store.copyTo(copy);
                sources.put(FolderLayout.BUNDLE_DATA + "/" + store.bundleSymbolicName() + "/" + store.fileName(), copy);
            }
        }
        Path copy = copies.resolve(FolderLayout.REGISTRY);
        registry.copyTo(copy);
        sources.put(FolderLayout.REGISTRY, copy);
        for (String archive : registry.archives()) {
            sources.put(archive, root.resolve(archive));
        }
        addFiles(sources, FolderLayout.SETTINGS);
        addFiles(sources, FolderLayout.AUDIT);
        if (Files.isRegularFile(root.resolve(PolicyFile.NAME))) {
            sources.put(PolicyFile.NAME, root.resolve(PolicyFile.NAME));
        }
        return sources;
    }

    private void addFiles(Map<String, Path> sources, String folder) throws IOException {
        for (Path file : FolderTree.files(root.resolve(folder))) {
            String name = root.relativize(file).toString().replace('\\', '/');
            if (BackupManifest.Kind.of(name).isPresent()) {
                sources.put(name, file);
            }
        }
    }

    private BackupView made(BackupRequest request, Path file, Map<String, Path> sources, List<String> plugins)
            throws IOException, RegistryException {
        Instant now = clock.instant();
        List<String> elsewhere = elsewhere();
        List<String> notes = new ArrayList<>(elsewhere);
        if (sources.keySet().stream().anyMatch(name -> name.startsWith(FolderLayout.SETTINGS + "/"))) {
            notes.add("the configuration is in it with its secrets: keep it where only you can read it");
        }
        if (request.dryRun()) {
            long bytes = 0;
            for (Path source : sources.values()) {
                bytes += Files.size(source);
            }
            return new BackupView(file, true, now, plugins, sources.size(), bytes, notes);
        }
        BackupManifest manifest = BackupFile.write(
                file, sources, new BackupFile.Label(plugins, elsewhere, now.toString()), request.progress());
        return new BackupView(file, false, now, plugins, manifest.items().size(), manifest.bytes(), notes);
    }

    /** What belongs to this node and lies somewhere else. */
    private List<String> elsewhere() throws IOException, RegistryException {
        Set<UUID> here = stores.stream().map(store -> store.store().id()).collect(Collectors.toSet());
        Map<String, Set<String>> away = new TreeMap<>();
        registry.owners().forEach((key, owner) -> {
            if (!here.contains(owner.store().id())) {
                String where = owner.store().durability() == Durability.NONE
                        ? "in provider " + Texts.quoted(owner.providerName()) + ", which keeps it in memory"
                        : "in the store of provider " + Texts.quoted(owner.providerName()) + ": back that up there";
                away.computeIfAbsent("not in it: the " + key.kind() + " that lies " + where, first -> new TreeSet<>())
                        .add(key.pluginId());
            }
        });
        List<String> lines = new ArrayList<>();
        away.forEach((line, plugins) -> lines.add(line + " (" + String.join(", ", plugins) + ")"));
        if (!FolderTree.files(root.resolve(FolderLayout.BUNDLES)).isEmpty()) {
            lines.add("not in it: the bundles of others in " + FolderLayout.BUNDLES);
        }
        return lines;
    }
}
