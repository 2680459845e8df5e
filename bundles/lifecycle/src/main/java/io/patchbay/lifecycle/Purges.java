// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.AuditEntry.Outcome;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.Topics;
import io.patchbay.port.AuditEvent;
import io.patchbay.port.MigrationRecord;
import io.patchbay.port.StoredData;
import io.patchbay.provider.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Removes what stores hold of plugins that are gone (contract D8). A purge is refused before anything happens when a store
 * cannot be reached. Once it is decided it is recorded together with the uninstall, and carried out until it is done,
 * whatever happens meanwhile; until then no plugin of that id is installed. Thread-safe.
 */
final class Purges {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    /** How long an uninstall waits for the plugin's last requests before it leaves the purge to the background. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Registry registry;
    private final AuditTrail audit;
    private final Supplier<Optional<StoredData>> stores;
    private final Background background;
    private final EventSink events;
    private final NodeLog log;
    private final Map<String, PurgeRecord> pending;
    private final Map<String, ServedRelease> draining = new ConcurrentHashMap<>();

    /** One purge is worked on at a time, for a store may be slow and nobody waits for two. */
    private final ReentrantLock working = new ReentrantLock();

    Purges(
            Registry registry,
            AuditTrail audit,
            Supplier<Optional<StoredData>> stores,
            Background background,
            EventSink events,
            NodeLog log)
            throws RegistryException {
        this.registry = registry;
        this.audit = audit;
        this.stores = stores;
        this.background = background;
        this.events = events;
        this.log = log;
        this.pending = new ConcurrentSkipListMap<>(registry.purges());
    }

    /** @throws AdminException {@code UNAVAILABLE} while the state of this id is being removed */
    void refusePending(String pluginId) throws AdminException {
        if (pending.containsKey(pluginId)) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the state of an earlier plugin " + Texts.quoted(pluginId)
                            + " is still being removed: try again when its store is there");
        }
    }

    boolean isPending(String pluginId) {
        return pending.containsKey(pluginId);
    }

    /** Whether stores may hold anything of a plugin, as far as the registry knows. */
    boolean leftAnything(String pluginId) throws AdminException {
        try {
            return pending.containsKey(pluginId)
                    || registry.owners().keySet().stream()
                            .anyMatch(owner -> owner.pluginId().equals(pluginId))
                    || registry.migrations().stream()
                            .anyMatch(move -> move.pluginId().equals(pluginId) && holdsSomething(move));
        } catch (RegistryException failure) {
            throw Refusals.of(failure);
        }
    }

    private static boolean holdsSomething(MigrationRecord move) {
        return move.phase() == MigrationRecord.Phase.MOVED || move.unfinished();
    }

    /**
     * What a purge would remove, one line each.
     *
     * @throws AdminException {@code UNAVAILABLE} when it cannot be done now: nothing is half-way
     */
    List<String> plan(String pluginId) throws AdminException {
        if (!leftAnything(pluginId)) {
            return List.of();
        }
        StoredData data = stores.get()
                .orElseThrow(() -> unavailable(pluginId, "the patch bay is away: start the bundle io.patchbay.bay"));
        List<String> lines = new ArrayList<>();
        try {
            for (StoredData.Part part : data.of(pluginId)) {
                if (!part.unreachable().isEmpty()) {
                    throw unavailable(pluginId, part.unreachable());
                }
                lines.add("remove what provider " + Texts.quoted(part.provider()) + " holds of kind " + part.kind()
                        + (part.owner() ? "" : ", from before a move") + ": " + part.keys()
                        + (part.keys() == 1 ? " key" : " keys"));
            }
        } catch (ProviderException failure) {
            throw unavailable(pluginId, Texts.reason((Throwable) failure));
        }
        return lines;
    }

    private static AdminException unavailable(String pluginId, String why) {
        return new AdminException(
                Problem.UNAVAILABLE,
                "the state of plugin " + Texts.quoted(pluginId) + " cannot be removed now: " + why
                        + "; nothing was changed");
    }

    /** A purge that was recorded together with an uninstall. */
    void decided(PurgeRecord purge, Optional<ServedRelease> last) {
        last.ifPresent(release -> draining.put(purge.pluginId(), release));
        pending.put(purge.pluginId(), purge);
    }

    /** Records a purge of what a plugin left that is not installed any more. */
    void decide(PurgeRecord purge, Turn turn) throws AdminException {
        try {
            audit.commit(turn.done(purge.pluginId(), ""), line -> registry.savePurge(purge, line));
        } catch (RegistryException failure) {
            throw Refusals.of(failure);
        }
        pending.put(purge.pluginId(), purge);
    }

    /** Finishes a purge now, or later by itself; says why when it is later. */
    Optional<String> finish(String pluginId) {
        Optional<String> obstacle = attempt(pluginId, PATIENCE);
        if (obstacle.isPresent()) {
            retryAfter(pluginId, FIRST_RETRY);
        }
        return obstacle;
    }

    /** Goes on with everything that is not finished. */
    void resume() {
        pending.keySet().forEach(pluginId -> background.execute(() -> retry(pluginId, FIRST_RETRY)));
    }

    private void retryAfter(String pluginId, Duration delay) {
        background.after(delay, () -> {
            Duration next = delay.multipliedBy(2);
            retry(pluginId, next.compareTo(LAST_RETRY) < 0 ? next : LAST_RETRY);
        });
    }

    private void retry(String pluginId, Duration next) {
        attempt(pluginId, Duration.ZERO).ifPresent(why -> {
            log.info("the state of plugin " + pluginId + ", which was uninstalled, is not removed yet: " + why);
            retryAfter(pluginId, next);
        });
    }

    /** Tries once; empty when it is done, by whomever. */
    private Optional<String> attempt(String pluginId, Duration patience) {
        working.lock();
        try {
            PurgeRecord purge = pending.get(pluginId);
            if (purge == null) {
                return Optional.empty();
            }
            ServedRelease last = draining.get(pluginId);
            if (last != null && !last.awaitRetired(patience)) {
                return Optional.of("requests to it are still running");
            }
            Optional<StoredData> data = stores.get();
            if (data.isEmpty() && leftMore(pluginId)) {
                return Optional.of("the patch bay is away");
            }
            if (data.isPresent()) {
                data.get().purge(pluginId);
            }
            audit.commit(
                    new AuditEvent(
                            purge.by(),
                            ChangeContext.COMMAND,
                            "purge",
                            pluginId,
                            "",
                            Outcome.DONE,
                            "its state is removed"),
                    line -> registry.purged(pluginId, line));
            draining.remove(pluginId);
            pending.remove(pluginId);
            events.post(
                    Topics.PLUGIN,
                    Map.of(
                            Topics.PLUGIN_ID,
                            pluginId,
                            Topics.WHAT,
                            "purged",
                            Topics.DETAIL,
                            "its state was removed in every scope"));
            return Optional.empty();
        } catch (ProviderException | RegistryException | AdminException failure) {
            return Optional.of(Texts.reason((Throwable) failure));
        } finally {
            working.unlock();
        }
    }

    private boolean leftMore(String pluginId) throws RegistryException, AdminException {
        return registry.owners().keySet().stream()
                        .anyMatch(owner -> owner.pluginId().equals(pluginId))
                || registry.migrations().stream()
                        .anyMatch(move -> move.pluginId().equals(pluginId) && holdsSomething(move));
    }
}
