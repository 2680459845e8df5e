// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.LifecycleRequest.ApplyPolicy;
import io.patchbay.port.MigrationJournal;
import io.patchbay.port.OwnerRegistry;
import io.patchbay.port.StoredData;
import io.patchbay.provider.DataFolder;
import io.patchbay.provider.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** An open data folder with everything that is recorded in it, from lock to unlock. Thread-safe. */
final class Node implements AutoCloseable {
    private final NodeFolder folder;
    private final Registry registry;
    private final RecordedOwners owners;
    private final RecordedMigrations migrations;
    private final InstalledPlugins plugins;
    private final Purges purges;
    private final PluginHouse house;
    private final PluginLife life;
    private final AuditTrail audit;
    private final NodeLog log;

    private Node(NodeFolder folder, Registry registry, Surroundings around) throws RegistryException, IOException {
        this.folder = folder;
        this.registry = registry;
        this.owners = new RecordedOwners(registry);
        this.migrations = new RecordedMigrations(registry);
        this.log = around.log();
        AuditFiles trail =
                new AuditFiles(folder.root().resolve(FolderLayout.AUDIT), around.auditFiles(), AuditFiles.ROTATE_BYTES);
        this.audit = folder.readOnly()
                ? AuditTrail.readOnly(trail, around.clock(), around.log())
                : AuditTrail.open(trail, registry.outbox(), around.clock(), around.log());
        ReleaseArchive archive = new ReleaseArchive(folder.root());
        Map<String, PluginRecord> recorded =
                registry.plugins(location -> around.intake().archived(archive.resolve(location)));
        if (!folder.readOnly()) {
            archive.sweep(registry.archives());
        }
        this.house = new PluginHouse(
                registry,
                audit,
                archive,
                around.intake(),
                new PolicyFile(folder.root()),
                around.engines(),
                around.publisher(),
                around.events(),
                around.log(),
                around.background(),
                around.grace(),
                around.clock());
        this.plugins = new InstalledPlugins(house, recorded.values());
        this.purges = new Purges(registry, audit, around.stores(), around.background(), around.events(), around.log());
        this.life = new PluginLife(house, plugins, purges);
    }

    /** What a node works with that does not come out of its folder. */
    record Surroundings(
            ArtifactIntake intake,
            EngineGate engines,
            PluginPublisher publisher,
            EventSink events,
            NodeLog log,
            Background background,
            Supplier<Optional<StoredData>> stores,
            Duration grace,
            int auditFiles,
            Clock clock) {}

    /**
     * Finishes what a restore had begun, opens the registry, removes what a killed process left unrecorded. Nothing serves
     * before {@link #start}.
     *
     * @param folder locked; it is closed when the node cannot open
     * @throws AdminException {@code UNAVAILABLE}
     */
    static Node open(NodeFolder folder, Surroundings around) throws AdminException {
        try {
            return over(folder, around);
        } catch (RegistryException failure) {
            folder.close();
            throw Refusals.of(failure);
        } catch (IOException failure) {
            folder.close();
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "data folder " + Texts.quoted(folder.root()) + " cannot be read: " + Texts.reason(failure),
                    failure);
        } catch (RuntimeException failure) {
            folder.close();
            throw failure;
        }
    }

    private static Node over(NodeFolder folder, Surroundings around) throws RegistryException, IOException {
        if (!folder.readOnly() && new Restoration(folder.root()).finish()) {
            around.log().info("data folder " + folder.root() + ": a restore that had begun was finished");
        }
        Registry registry = openRegistry(folder);
        try {
            return new Node(folder, registry, around);
        } catch (RegistryException | IOException | RuntimeException failure) {
            registry.close();
            throw failure;
        }
    }

    private static Registry openRegistry(NodeFolder folder) throws RegistryException, IOException {
        Path file = folder.root().resolve(FolderLayout.REGISTRY);
        if (Files.exists(file)) {
            return folder.readOnly() ? Registry.openReadOnly(file) : Registry.open(file);
        }
        if (folder.readOnly()) {
            throw new RegistryException("data folder " + Texts.quoted(folder.root())
                    + " cannot be written and holds no registry: make it writable, or name another folder");
        }
        if (!new ReleaseArchive(folder.root()).isEmpty()) {
            throw new RegistryException("registry " + Texts.quoted(file)
                    + " is missing while releases are archived beside it: restore it from a backup,"
                    + " or move the data folder away to start anew");
        }
        return Registry.open(file);
    }

    /** Publishes what is enabled. */
    void start() {
        plugins.start();
    }

    NodeFolder folder() {
        return folder;
    }

    Path root() {
        return folder.root();
    }

    DataFolder dataFolder() {
        return folder;
    }

    OwnerRegistry owners() {
        return owners;
    }

    MigrationJournal migrations() {
        return migrations;
    }

    InstalledPlugins plugins() {
        return plugins;
    }

    NodeBackup backup(List<LocalStore> stores, Clock clock) {
        return new NodeBackup(folder.root(), registry, stores, clock);
    }

    AuditTrail audit() {
        return audit;
    }

    PluginLife life() {
        return life;
    }

    /** Every archived release of a plugin. */
    ReleaseChoice releases(InstalledPlugin plugin) throws AdminException {
        return new ReleaseChoice(plugin.record(), house.releases(plugin.id()));
    }

    /** Grants what the policy grants by now, then loads what is enabled. Failures are logged. */
    void warmUp() {
        if (!folder.readOnly()) {
            applyPolicy();
        }
        plugins.warmUp();
    }

    private void applyPolicy() {
        try {
            PluginLife.Outcome outcome = life.change(new ApplyPolicy(), ChangeContext.by(PolicyFile.NAME));
            outcome.turn().steps().forEach(log::info);
        } catch (AdminException refusal) {
            log.warn(Texts.reason((Throwable) refusal), refusal);
        }
    }

    /** Goes on with what an earlier run of this node decided and did not finish. */
    void resume() {
        purges.resume();
    }

    /** @throws AdminException {@code UNAVAILABLE} when nothing can be stored */
    void refuseReadOnly() throws AdminException {
        if (folder.readOnly()) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "data folder " + Texts.quoted(folder.root())
                            + " cannot be written: make it writable, or name another folder");
        }
    }

    /** Closes everything but the folder, whose lock stays held. What serves was stopped before. */
    NodeFolder leaveFolder() {
        audit.close();
        try {
            registry.close();
        } catch (RegistryException failure) {
            log.warn("the registry did not close cleanly", failure);
        }
        return folder;
    }

    /** Closes the registry, then releases the lock. What serves was stopped before. */
    @Override
    public void close() {
        leaveFolder().close();
    }
}
