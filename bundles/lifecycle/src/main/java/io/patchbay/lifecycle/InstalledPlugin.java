// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ChangeContext;
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
 * <p>A change is computed, prepared, recorded and only then published; a failure on the way leaves everything as it was.
 * Operators' changes, which may compile and call the plugin, exclude one another by a lock that nothing else takes; the
 * short step from record to publication has a lock of its own, so that a node can stop at any moment. Calls take no lock.
 * Thread-safe.
 */
final class InstalledPlugin implements Plugin {
    private final PluginHouse house;
    private final ReentrantLock operating = new ReentrantLock();
    private final ReentrantLock switching = new ReentrantLock();
    private final Counters counters = new Counters();
    private volatile PluginRecord record;
    private volatile @Nullable ServedRelease served;
    private volatile boolean stopped;
    private volatile boolean gone;
    private volatile String suspendedWhy = "";
    private PluginPublisher.@Nullable Publication publication;

    /** A plugin as recorded; it serves after {@link #start}, or after the first {@link #change}. */
    InstalledPlugin(PluginHouse house, PluginRecord record) {
        this.house = house;
        this.record = record;
    }

    @Override
    public String id() {
        return record.id();
    }

    PluginRecord record() {
        return record;
    }

    /** Whether it was uninstalled. */
    boolean gone() {
        return gone;
    }

    /** Why it does not serve for now although it is enabled; empty when it may. */
    String suspendedWhy() {
        return suspendedWhy;
    }

    /** Serves what is recorded. */
    void start() {
        switching.lock();
        try {
            served = wanted(record);
            publish();
        } finally {
            switching.unlock();
        }
    }

    /** Some work that no other change of this plugin may overlap. */
    interface Operation<T> {
        T run() throws AdminException;
    }

    <T> T exclusively(Operation<T> work) throws AdminException {
        operating.lock();
        try {
            if (gone) {
                throw new AdminException(Problem.INPUT, "plugin " + Texts.quoted(id()) + " is not installed any more");
            }
            return work.run();
        } finally {
            operating.unlock();
        }
    }

    /** Carries out a change. When another release serves by it, that is an upgrade, with its callbacks. */
    void change(Change change, Turn turn) throws AdminException {
        exclusively(() -> {
            Change.Changed changed = change.apply(record);
            return carryOut(changed, true, turn);
        });
    }

    /** Carries out a change by which an earlier release may serve again: no callback has a say in it. */
    void goBack(Change change, Turn turn) throws AdminException {
        exclusively(() -> carryOut(change.apply(record), false, turn));
    }

    /**
     * A new release that serves is loaded first when another one serves already and asked whether it may, then the record
     * is written, then calls go to it; the old one unloads when its last call is done.
     */
    private PluginRecord carryOut(Change.Changed changed, boolean callbacks, Turn turn) throws AdminException {
        Transition transition =
                Transition.of(record, changed.after(), house.clock().instant().toString());
        PluginRecord after = transition.after();
        ServedRelease now = served;
        ServedRelease next = wanted(after);
        Turn.Action become = () -> become(changed, after, next, turn);
        Optional<ReleaseRecord> upgraded = callbacks ? transition.replaced() : Optional.empty();
        try {
            upgraded.ifPresent(
                    old -> turn.upgrades(after.id(), old, after.current().version()));
            if (now != null && next != null && next != now) {
                turn.take(Phase.RELEASE, "load " + after.current().named(), () -> loadFirst(next, turn.progress()));
            }
            if (upgraded.isPresent()) {
                upgrade(upgraded.get(), transition, next, changed.what(), become, turn);
            } else {
                turn.take(Phase.RELEASE_SWITCH, transition.lines(changed.what()), become);
            }
            return after;
        } catch (AdminException failure) {
            retireUnused(next, now);
            throw failure;
        }
    }

    private void upgrade(
            ReleaseRecord from,
            Transition transition,
            @Nullable ServedRelease next,
            List<String> what,
            Turn.Action become,
            Turn turn)
            throws AdminException {
        ReleaseRecord to = transition.after().current();
        Consent consent = Consent.of(to.descriptor(), transition.after().decisions());
        CallbackFacts facts = CallbackFacts.ofUpgrade(from.descriptor(), to.descriptor());
        // All three are the new release's, as on the reference host.
        try (BorrowedCode code = BorrowedCode.of(house, next, to, consent)) {
            code.callbacks().ask(LifecycleOperation.BEFORE_UPGRADE, facts, Phase.BEFORE_UPGRADE, turn);
            code.callbacks().ask(LifecycleOperation.UPGRADE, facts, Phase.UPGRADE_CALLBACK, turn);
            turn.take(Phase.RELEASE_SWITCH, transition.lines(what), become);
            code.callbacks().tell(LifecycleOperation.AFTER_UPGRADE, facts, turn);
        }
    }

    /** Records, then publishes: the one step between before and after. */
    private void become(Change.Changed changed, PluginRecord after, @Nullable ServedRelease next, Turn turn)
            throws AdminException {
        switching.lock();
        try {
            if (stopped) {
                throw notServing();
            }
            ServedRelease before = served;
            try {
                house.audit()
                        .commit(
                                turn.done(after.id(), after.newest().digest()),
                                line -> changed.recording().record(house.registry(), after, line));
            } catch (RegistryException failure) {
                throw Refusals.of(failure);
            }
            record = after;
            served = next;
            if (next != null && next == before) {
                next.grants(Consent.of(next.descriptor(), after.decisions()).grants());
            }
            retireUnused(before, next);
            publish();
        } finally {
            switching.unlock();
        }
    }

    /**
     * Removes it for good; the caller holds it exclusively.
     *
     * @param recording writes that down
     * @return what served last, whose calls may still be in flight
     */
    Optional<ServedRelease> leave(Operation<Boolean> recording) throws AdminException {
        switching.lock();
        try {
            if (stopped) {
                throw notServing();
            }
            recording.run();
            gone = true;
            return takeBack();
        } finally {
            switching.unlock();
        }
    }

    /** Keeps it from serving for now, or lets it serve again when the text is empty; nothing durable changes. */
    void suspend(String why) throws AdminException {
        exclusively(() -> {
            switching.lock();
            try {
                suspendedWhy = why;
                ServedRelease before = served;
                served = stopped ? null : wanted(record);
                retireUnused(before, served);
                publish();
                return true;
            } finally {
                switching.unlock();
            }
        });
    }

    /** The code of the release that is this plugin's now, for its callbacks; the caller holds it exclusively. */
    BorrowedCode code() {
        PluginRecord now = record;
        return BorrowedCode.of(
                house, served, now.current(), Consent.of(now.current().descriptor(), now.decisions()));
    }

    private @Nullable ServedRelease wanted(PluginRecord after) {
        Optional<ReleaseRecord> serving = after.serving();
        if (!after.enabled() || serving.isEmpty() || !suspendedWhy.isEmpty()) {
            return null;
        }
        ServedRelease now = served;
        if (now != null && now.digest().equals(serving.get().digest())) {
            return now;
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
            return release.call(request, record.tenancy(), house.grace());
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
            release.admit(request, record.tenancy());
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
        ReleaseRecord release = record.current();
        // The route is matched before anything else (contract 1.8).
        RouteCall.of(release.descriptor(), new RouteTable(release.descriptor().routes()), request);
        PluginRecord now = record;
        if (now.enabled() && now.serving().isEmpty()) {
            return new PluginCallException(
                    Reason.UPGRADE_REQUIRED,
                    "Plugin " + now.id() + " requires runtime upgrade before business routes can execute");
        }
        return RouteCall.notEnabled();
    }

    /** Why nothing serves, for an operator. */
    AdminException notServing() {
        PluginRecord now = record;
        if (stopped) {
            return new AdminException(Problem.UNAVAILABLE, "the node is stopping");
        }
        if (gone) {
            return new AdminException(Problem.INPUT, "plugin " + Texts.quoted(now.id()) + " is not installed any more");
        }
        if (now.activation() == Activation.DISABLED) {
            return new AdminException(
                    Problem.REFUSED,
                    "plugin " + Texts.quoted(now.id()) + " is disabled (" + now.disabledWhy() + "): enable it first");
        }
        List<String> waiting = Consent.of(now.newest().descriptor(), now.decisions()).undecided().stream()
                .map(MethodKey::name)
                .toList();
        if (!waiting.isEmpty() && now.serving().isEmpty()) {
            return new AdminException(
                    Problem.CONSENT_NEEDED,
                    "plugin " + Texts.quoted(now.id()) + " waits for a decision on " + String.join(", ", waiting)
                            + ": grant or refuse them",
                    waiting);
        }
        String why =
                suspendedWhy.isEmpty() ? "is not enabled yet: enable it first" : "is not served now: " + suspendedWhy;
        return new AdminException(Problem.REFUSED, "plugin " + Texts.quoted(now.id()) + " " + why);
    }

    private void giveUp(ServedRelease release) {
        try {
            change(
                    before -> {
                        if (served != release) {
                            throw new AdminException(Problem.REFUSED, "another release serves by now");
                        }
                        return Change.Changed.to(
                                before.switched(false, "given up by the engine: a guest could not be stopped"));
                    },
                    new Turn("give-up", ChangeContext.by("the engine")));
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
        return switch (now.activation()) {
            case NEW -> PluginView.State.INSTALLED;
            case DISABLED -> PluginView.State.DISABLED;
            case ENABLED -> now.serving().isPresent() ? PluginView.State.ENABLED : PluginView.State.INSTALLED;
        };
    }

    List<Metric> metrics() {
        return counters.metrics(id());
    }

    /** Takes the service back and gives no more leases; the record stays as it is. */
    Optional<ServedRelease> stop() {
        switching.lock();
        try {
            stopped = true;
            return takeBack();
        } finally {
            switching.unlock();
        }
    }

    private Optional<ServedRelease> takeBack() {
        ServedRelease last = served;
        served = null;
        publish();
        if (last != null) {
            last.retire();
        }
        return Optional.ofNullable(last);
    }
}
