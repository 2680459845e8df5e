// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.port.EngineException;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Turns an artifact into an archived, compiled, recorded release - or into nothing at all: the archive is written before
 * the record, and taken back when anything after it fails.
 */
final class PluginInstaller {
    private final PluginHouse house;
    private final VersionOrder versions = new VersionOrder();

    PluginInstaller(PluginHouse house) {
        this.house = house;
    }

    /** Takes the record of a plugin from before to after; the caller holds the plugin. */
    interface Recording {
        void record(ReleaseRecord release) throws AdminException;
    }

    /**
     * Installs a release; the caller holds the plugin.
     *
     * @param before the plugin as it is; empty for a first install
     * @param recording goes on with the release once it is archived and compiled
     * @return whether it is another release than the newest
     */
    boolean install(
            Incoming incoming, boolean development, Optional<PluginRecord> before, Turn turn, Recording recording)
            throws AdminException {
        PluginDescriptor descriptor = incoming.descriptor();
        if (before.isPresent()) {
            ReleaseRecord newest = before.get().newest();
            if (newest.digest().equals(incoming.digest())) {
                if (!turn.rehearsed()) {
                    restoreArchive(newest, incoming);
                }
                return false;
            }
            refuseVersion(before.get(), incoming, development);
            before.get().serving().ifPresent(serving -> turn.upgrades(descriptor.id(), serving, descriptor.version()));
        }
        String location = house.archive().location(descriptor.id(), descriptor.version(), incoming.digest());
        boolean known = knows(descriptor.id(), incoming.digest());
        check(incoming);
        ReleaseRecord release = new ReleaseRecord(
                incoming.digest(),
                location,
                incoming.bytes().length,
                development,
                house.clock().instant().toString(),
                turn.actor(),
                "",
                descriptor);
        try {
            turn.take(Phase.RELEASE, "archive and compile " + release.named(), () -> {
                archive(location, incoming.bytes());
                prepare(
                        new Release(
                                descriptor, incoming.digest(), house.archive().resolve(location)),
                        turn);
            });
            recording.record(release);
            return true;
        } catch (AdminException failure) {
            if (!known && !turn.rehearsed()) {
                takeBack(descriptor.id(), incoming.digest(), location);
            }
            throw failure;
        }
    }

    /** Drops what rebuilds in development mode have replaced, so that a long watch does not fill the disk. */
    void tidy(PluginRecord plugin) {
        try {
            house.registry().forgetReplaced(plugin).forEach(this::drop);
        } catch (RegistryException failure) {
            house.log().warn("replaced development releases of plugin " + plugin.id() + " stay archived", failure);
        }
    }

    /** Removes what is stored of a release that nobody needs any more. */
    void drop(PluginRows.ReleaseKey release) {
        house.archive().discard(release.archive());
        house.engines().lease(Duration.ZERO).ifPresent(lease -> {
            try (lease) {
                lease.engine().forget(release.digest());
            } catch (RuntimeException failure) {
                house.log().warn("the compiled form of a release that is gone stays stored", failure);
            }
        });
    }

    private void refuseVersion(PluginRecord before, Incoming incoming, boolean development) throws AdminException {
        ReleaseRecord newest = before.newest();
        String offered = incoming.descriptor().version();
        String plugin = "plugin " + Texts.quoted(incoming.descriptor().id());
        int order = versions.compare(offered, newest.version());
        if (order < 0) {
            throw new AdminException(
                    Problem.REFUSED,
                    plugin + " is installed with version " + newest.version() + "; the lower version " + offered
                            + " is refused: give it a higher version, or go back to an archived release with rollback");
        }
        if (development) {
            return;
        }
        Optional<ReleaseRecord> same = order == 0 ? Optional.of(newest) : archived(before.id(), incoming);
        if (same.isPresent()) {
            throw new AdminException(
                    Problem.REFUSED,
                    plugin + " is installed with version " + same.get().version() + " and other bytes (installed "
                            + Texts.digest(same.get().digest()) + ", offered " + Texts.digest(incoming.digest())
                            + "): raise the version, or use development mode (--dev)"
                            + (offered.equals(same.get().version())
                                    ? ""
                                    : "; what follows '-' in a version does not count"));
        }
    }

    /** An archived release of the same version with other bytes, which an operator has gone back from. */
    private Optional<ReleaseRecord> archived(String pluginId, Incoming incoming) throws AdminException {
        List<ReleaseRecord> same = house.releases(pluginId).stream()
                .filter(release -> versions.compare(
                                release.version(), incoming.descriptor().version())
                        == 0)
                .toList();
        boolean known = same.stream().anyMatch(release -> release.digest().equals(incoming.digest()));
        return known ? Optional.empty() : same.stream().findFirst();
    }

    private boolean knows(String pluginId, String digest) throws AdminException {
        try {
            return house.registry().knows(pluginId, digest);
        } catch (RegistryException failure) {
            throw Refusals.of(failure);
        }
    }

    private void check(Incoming incoming) throws AdminException {
        if (!incoming.descriptor().hasCode()) {
            return;
        }
        try (EngineGate.Lease lease = engine()) {
            lease.engine().inspect(incoming.descriptor(), incoming.bytes());
        } catch (EngineException failure) {
            throw Refusals.of(failure);
        } catch (RuntimeException failure) {
            throw Refusals.engineBroke(failure);
        }
    }

    private void prepare(Release release, Turn turn) throws AdminException {
        if (!release.descriptor().hasCode()) {
            return;
        }
        try (EngineGate.Lease lease = engine()) {
            lease.engine().prepare(release, turn.progress());
        } catch (EngineException failure) {
            throw Refusals.of(failure);
        } catch (RuntimeException failure) {
            throw Refusals.engineBroke(failure);
        }
    }

    private EngineGate.Lease engine() throws AdminException {
        return house.engines().lease(PluginHouse.COMMAND_PATIENCE).orElseThrow(Refusals::noEngine);
    }

    private void archive(String location, byte[] bytes) throws AdminException {
        try {
            house.archive().store(location, bytes);
        } catch (IOException failure) {
            house.archive().discard(location);
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the artifact cannot be stored in "
                            + Texts.quoted(house.archive().resolve(location)) + ": " + Texts.reason(failure)
                            + "; nothing was changed",
                    failure);
        }
    }

    private void restoreArchive(ReleaseRecord newest, Incoming incoming) throws AdminException {
        Path file = house.archive().resolve(newest.archive());
        if (!Files.exists(file)) {
            archive(newest.archive(), incoming.bytes());
        }
    }

    /** Removes the archive unless the registry has it after all: a failing commit may have reached the medium. */
    private void takeBack(String pluginId, String digest, String location) {
        try {
            if (!house.registry().knows(pluginId, digest)) {
                house.archive().discard(location);
            }
        } catch (RegistryException unreadable) {
            house.log().warn("an archive may be left over; the next start removes it: " + location, unreadable);
        }
    }
}
