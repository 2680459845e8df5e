// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Metric;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.Topics;
import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionResult;
import io.patchbay.port.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One installed plugin: its durable record, the release that serves now, and its OSGi service.
 *
 * <p>A change is computed, prepared, recorded and only then published, under one lock; a failure on the way leaves
 * everything as it was. Calls take no lock. Thread-safe.
 */
final class InstalledPlugin implements Plugin {
    private final PluginHouse house;
    private final ReentrantLock changing = new ReentrantLock();
    private final Counters counters = new Counters();
    private volatile PluginRecord record;
    private volatile @Nullable ServedRelease served;
    private volatile boolean stopped;
    private PluginPublisher.@Nullable Publication publication;

    /** A plugin as recorded; it serves after {@link #start}, or after the first {@link #change}. */
    InstalledPlugin(PluginHouse house, PluginRecord record) {
        this.house = house;
        this.record = record;
    }

    /** A change of the durable record, computed under the plugin's lock. */
    interface Change {
        PluginRecord apply(PluginRecord before) throws AdminException;
    }

    @Override
    public String id() {
        return record.id();
    }

    PluginRecord record() {
        return record;
    }

    /** Serves what is recorded. */
    void start() {
        changing.lock();
        try {
            served = wanted(record, null);
            publish();
        } finally {
            changing.unlock();
        }
    }

    /**
     * Carries out a change: a new release that serves is loaded first when another one serves already, then the record is
     * written, then calls go to it; the old one unloads when its last call is done.
     *
     * @throws AdminException whatever the change refuses; {@code UNAVAILABLE} when the engine or the registry cannot
     */
    void change(Change change, Progress progress) throws AdminException {
        changing.lock();
        try {
            if (stopped) {
                throw notServing();
            }
            PluginRecord after = advanced(change.apply(record));
            ServedRelease before = served;
            ServedRelease next = wanted(after, before);
            try {
                if (before != null && next != null && next != before) {
                    loadFirst(next, progress);
                }
                house.registry().save(after);
            } catch (RegistryException failure) {
                retireUnused(next, before);
                throw Refusals.of(failure);
            } catch (AdminException failure) {
                retireUnused(next, before);
                throw failure;
            }
            record = after;
            served = next;
            if (next != null && next == before) {
                next.grants(Consent.of(next.descriptor(), after.decisions()).grants());
            }
            retireUnused(before, next);
            publish();
        } finally {
            changing.unlock();
        }
    }

    /** A piece of work that no other change of this plugin may overlap. */
    interface Exclusive {
        boolean run() throws AdminException;
    }

    boolean exclusively(Exclusive work) throws AdminException {
        changing.lock();
        try {
            return work.run();
        } finally {
            changing.unlock();
        }
    }

    /** The newest release serves as soon as every method that it requests is decided (DESIGN 6). */
    private static PluginRecord advanced(PluginRecord record) {
        if (!record.pending()) {
            return record;
        }
        Consent consent = Consent.of(record.newest().descriptor(), record.decisions());
        return consent.undecided().isEmpty() ? record.withServing(record.newest()) : record;
    }

    private @Nullable ServedRelease wanted(PluginRecord after, @Nullable ServedRelease before) {
        Optional<ReleaseRecord> serving = after.serving();
        if (!after.enabled() || serving.isEmpty()) {
            return null;
        }
        if (before != null && before.digest().equals(serving.get().digest())) {
            return before;
        }
        return house.serve(
                serving.get(),
                Consent.of(serving.get().descriptor(), after.decisions()),
                release -> house.background().execute(() -> giveUp(release)));
    }

    private void loadFirst(ServedRelease next, Progress progress) throws AdminException {
        if (!next.descriptor().executesRoutes()) {
            return;
        }
        try (EngineGate.Lease lease = engine()) {
            next.loaded(lease, progress);
        } catch (EngineException failure) {
            throw Refusals.of(failure);
        }
    }

    private static void retireUnused(@Nullable ServedRelease release, @Nullable ServedRelease kept) {
        if (release != null && release != kept) {
            release.retire();
        }
    }

    private void publish() {
        ServedRelease now = served;
        PluginPublisher.Publication published = publication;
        if (now == null || stopped) {
            publication = null;
            if (published != null) {
                published.withdraw();
            }
            return;
        }
        String version = now.descriptor().version();
        if (published == null) {
            publication = house.publisher().publish(this, version, now.digest());
        } else {
            published.serves(version, now.digest());
        }
    }

    /** Loads the serving release, if any and if it has code. */
    void load(Progress progress) throws AdminException {
        ServedRelease release = acquire();
        if (release == null) {
            throw notServing();
        }
        try {
            loadFirst(release, progress);
        } finally {
            release.release();
        }
    }

    /** Loads the serving release if there is one and an engine; a failure is logged and found again by the first call. */
    void warmUp() {
        ServedRelease release = acquire();
        if (release == null) {
            return;
        }
        try {
            Optional<EngineGate.Lease> lease = house.engines().lease(Duration.ZERO);
            if (lease.isEmpty() || !release.descriptor().executesRoutes()) {
                lease.ifPresent(EngineGate.Lease::close);
                return;
            }
            try (EngineGate.Lease held = lease.get()) {
                release.loaded(held, Progress.NONE);
            }
        } catch (EngineException failure) {
            house.log().warn("plugin " + id() + " cannot be loaded: " + failure.getMessage(), failure);
        } finally {
            release.release();
        }
    }

    private @Nullable ServedRelease acquire() {
        ServedRelease release = served;
        while (release != null && !release.tryAcquire()) {
            // Retired after it was read: its successor is published already.
            Thread.onSpinWait();
            release = served;
        }
        return release;
    }

    @Override
    public PluginResponse call(PluginRequest request) throws PluginCallException {
        return execute(request).response();
    }

    /** Runs one request on the release that serves now. */
    ExecutionResult execute(PluginRequest request) throws PluginCallException {
        try {
            ExecutionResult result = run(request);
            counters.answered();
            return result;
        } catch (PluginCallException failure) {
            counters.failed(failure.reason());
            throw failure;
        }
    }

    private ExecutionResult run(PluginRequest request) throws PluginCallException {
        ServedRelease release = acquire();
        if (release == null) {
            throw nobodyAnswers(request);
        }
        try {
            return release.call(request, house.grace());
        } finally {
            release.release();
        }
    }

    /** Makes the checks that a request has to pass before it runs (contract 1.8). */
    void admit(PluginRequest request) throws PluginCallException {
        ServedRelease release = acquire();
        try {
            if (release == null) {
                throw nobodyAnswers(request);
            }
            release.admit(request);
        } catch (PluginCallException failure) {
            counters.failed(failure.reason());
            throw failure;
        } finally {
            if (release != null) {
                release.release();
            }
        }
    }

    private PluginCallException nobodyAnswers(PluginRequest request) throws PluginCallException {
        if (stopped) {
            return new PluginCallException(Reason.RESTARTING, "The node is stopping; try again in a moment");
        }
        PluginRecord now = record;
        ReleaseRecord release = now.serving().orElse(now.newest());
        // The route is matched before anything else (contract 1.8).
        RouteCall.of(release.descriptor(), new RouteTable(release.descriptor().routes()), request);
        if (now.enabled() && now.serving().isEmpty()) {
            return new PluginCallException(
                    Reason.UPGRADE_REQUIRED,
                    "Plugin " + now.id() + " requires runtime upgrade before business routes can execute");
        }
        return new PluginCallException(Reason.NOT_ENABLED, "Dynamic plugin is not enabled");
    }

    /** Why nothing serves, for an operator. */
    AdminException notServing() {
        PluginRecord now = record;
        if (stopped) {
            return new AdminException(Problem.UNAVAILABLE, "the node is stopping");
        }
        if (!now.enabled()) {
            String why = now.disabledWhy().isEmpty() ? "" : " (" + now.disabledWhy() + ")";
            return new AdminException(
                    Problem.REFUSED, "plugin " + Texts.quoted(now.id()) + " is disabled" + why + ": enable it first");
        }
        List<String> waiting = Consent.of(now.newest().descriptor(), now.decisions()).undecided().stream()
                .map(MethodKey::name)
                .toList();
        return new AdminException(
                Problem.CONSENT_NEEDED,
                "plugin " + Texts.quoted(now.id()) + " waits for a decision on " + String.join(", ", waiting)
                        + ": grant or refuse them",
                waiting);
    }

    private void giveUp(ServedRelease release) {
        try {
            change(
                    before -> {
                        if (served != release) {
                            throw new AdminException(Problem.REFUSED, "another release serves by now");
                        }
                        return before.switched(false, "given up by the engine: a guest could not be stopped");
                    },
                    Progress.NONE);
            tell("given-up", "a guest could not be stopped; enable it to try again");
            house.log().info("plugin " + id() + " was disabled: a guest could not be stopped");
        } catch (AdminException failure) {
            house.log().warn("plugin " + id() + " was given up by the engine and stays recorded as enabled", failure);
        }
    }

    /** Tells the world what happened to this plugin. */
    void tell(String what, String detail) {
        house.events().post(Topics.PLUGIN, Map.of(Topics.PLUGIN_ID, id(), Topics.WHAT, what, Topics.DETAIL, detail));
    }

    private EngineGate.Lease engine() throws AdminException {
        return house.engines().lease(PluginHouse.COMMAND_PATIENCE).orElseThrow(Refusals::noEngine);
    }

    /** Lets go of an engine that has left. */
    void forget(EngineGate.Generation gone) {
        ServedRelease now = served;
        if (now != null) {
            now.forget(gone);
        }
    }

    PluginView.State state() {
        PluginRecord now = record;
        if (!now.enabled()) {
            return PluginView.State.DISABLED;
        }
        return now.serving().isPresent() ? PluginView.State.ENABLED : PluginView.State.INSTALLED;
    }

    List<Metric> metrics() {
        return counters.metrics(id());
    }

    /** Takes the service back and gives no more leases; the record stays as it is. */
    Optional<ServedRelease> stop() {
        changing.lock();
        try {
            stopped = true;
            ServedRelease last = served;
            served = null;
            publish();
            if (last != null) {
                last.retire();
            }
            return Optional.ofNullable(last);
        } finally {
            changing.unlock();
        }
    }
}
