// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * What every installed plugin of an open node works with.
 *
 * @param registry the durable record
 * @param audit the record of who did what
 * @param archive the archived artifacts
 * @param intake reads artifacts
 * @param policy what is granted in advance
 * @param engines the engine as it comes and goes
 * @param publisher offers plugins as services
 * @param events hears what changes
 * @param log this room's own log
 * @param background runs what nobody waits for
 * @param grace how long a call is held while something is being replaced (DESIGN 5)
 * @param clock the time of decisions and installs
 */
record PluginHouse(
        Registry registry,
        AuditTrail audit,
        ReleaseArchive archive,
        ArtifactIntake intake,
        PolicyFile policy,
        EngineGate engines,
        PluginPublisher publisher,
        EventSink events,
        NodeLog log,
        Background background,
        Duration grace,
        Clock clock) {
    /** How long an operator's command waits for an engine that is not there yet. */
    static final Duration COMMAND_PATIENCE = Duration.ofSeconds(10);

    /**
     * Every archived release of a plugin, in no particular order.
     *
     * @throws AdminException {@code UNAVAILABLE}
     */
    List<ReleaseRecord> releases(String pluginId) throws AdminException {
        try {
            return registry.releases(pluginId, location -> intake.archived(archive.resolve(location)));
        } catch (RegistryException failure) {
            throw Refusals.of(failure);
        }
    }

    /** @param whenGivenUp hears, on any thread, that a guest of the release could not be stopped */
    ServedRelease serve(ReleaseRecord release, Consent consent, Consumer<ServedRelease> whenGivenUp) {
        return new ServedRelease(
                release, archive.resolve(release.archive()), consent.grants(), engines, background, log, whenGivenUp);
    }
}
