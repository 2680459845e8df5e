// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.InstallRequest;
import io.patchbay.port.EngineException;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Takes the record of a plugin from before to after; the caller holds the plugin's lock. */
    interface Recording {
        void record(ReleaseRecord release) throws AdminException;
    }

    /**
     * Installs a release; the caller holds the plugin's lock.
     *
     * @param before the plugin as it is; empty for a first install
     * @return whether anything changed: the newest release again changes nothing
     */
    boolean install(Incoming incoming, InstallRequest request, Optional<PluginRecord> before, Recording recording)
            throws AdminException {
        PluginDescriptor descriptor = incoming.descriptor();
        if (before.isPresent()) {
            ReleaseRecord newest = before.get().newest();
            if (newest.digest().equals(incoming.digest())) {
                restoreArchive(newest, incoming);
                return false;
            }
            refuseVersion(newest, incoming, request.development());
        }
        String location = house.archive().location(descriptor.id(), descriptor.version(), incoming.digest());
        boolean known = knows(descriptor.id(), incoming.digest());
        check(incoming);
        archive(location, incoming.bytes());
        try {
            prepare(new Release(descriptor, incoming.digest(), house.archive().resolve(location)), request);
            recording.record(new ReleaseRecord(
                    incoming.digest(),
                    location,
                    incoming.bytes().length,
                    request.development(),
                    house.clock().instant().toString(),
                    request.actor(),
                    descriptor));
            return true;
        } catch (AdminException failure) {
            if (!known) {
                takeBack(descriptor.id(), incoming.digest(), location);
            }
            throw failure;
        }
    }

    /** Drops what rebuilds in development mode have replaced, so that a long watch does not fill the disk. */
    void tidy(PluginRecord plugin) {
        try {
            house.registry().forgetReplaced(plugin).forEach(house.archive()::discard);
        } catch (RegistryException failure) {
            house.log().warn("replaced development releases of plugin " + plugin.id() + " stay archived", failure);
        }
    }

    private void refuseVersion(ReleaseRecord newest, Incoming incoming, boolean development) throws AdminException {
        String installed = newest.descriptor().version();
        String offered = incoming.descriptor().version();
        String plugin = "plugin " + Texts.quoted(incoming.descriptor().id());
        int order = versions.compare(offered, installed);
        if (order < 0) {
            throw new AdminException(
                    Problem.REFUSED,
                    plugin + " is installed with version " + installed + "; the lower version " + offered
                            + " is refused: give it a higher version");
        }
        if (order == 0 && !development) {
            throw new AdminException(
                    Problem.REFUSED,
                    plugin + " is installed with version " + installed + " and other bytes (installed "
                            + Texts.digest(newest.digest()) + ", offered " + Texts.digest(incoming.digest())
                            + "): raise the version, or use development mode (--dev)"
                            + (offered.equals(installed) ? "" : "; what follows '-' in a version does not count"));
        }
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

    private void prepare(Release release, InstallRequest request) throws AdminException {
        if (!release.descriptor().hasCode()) {
            return;
        }
        try (EngineGate.Lease lease = engine()) {
            lease.engine().prepare(release, request.progress());
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
