// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One installed plugin and how it changes; what calls of it reach is its {@link PluginService}.
 *
 * <p>A change is computed, prepared, recorded and only then published; a failure on the way leaves everything as it was.
 * Operators' changes, which may compile and call the plugin, exclude one another by a lock that nothing else takes; the
 * short step from record to publication has a lock of its own, so that a node can stop at any moment. Thread-safe.
 */
final class InstalledPlugin {
    private final PluginHouse house;
    private final PluginService service;
    private final ReentrantLock operating = new ReentrantLock();
    private final ReentrantLock switching = new ReentrantLock();

    /** A plugin as recorded; it serves after {@link #start}, or after the first {@link #change}. */
    InstalledPlugin(PluginHouse house, PluginRecord record) {
        this.house = house;
        this.service = new PluginService(house, record);
    }

    String id() {
        return service.id();
    }

    PluginRecord record() {
        return service.record();
    }

    /** What its calls reach. */
    PluginService service() {
        return service;
    }

    /** Serves what is recorded. */
    void start() {
        switching.lock();
        try {
            service.serve(record(), wanted(record()));
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
            if (service.gone()) {
                throw service.notServing();
            }
            return work.run();
        } finally {
            operating.unlock();
        }
    }

    /** Carries out a change. When another release serves by it, that is an upgrade, with its callbacks. */
    void change(Change change, Turn turn) throws AdminException {
        exclusively(() -> {
            Change.Changed changed = change.apply(record());
            return carryOut(changed, true, turn);
        });
    }

    /** Carries out a change by which an earlier release may serve again: no callback has a say in it. */
    void goBack(Change change, Turn turn) throws AdminException {
        exclusively(() -> carryOut(change.apply(record()), false, turn));
    }

    /**
     * A new release that serves is loaded first when another one serves already and asked whether it may, then the record
     * is written, then calls go to it; the old one unloads when its last call is done.
     */
    private PluginRecord carryOut(Change.Changed changed, boolean callbacks, Turn turn) throws AdminException {
        Transition transition =
                Transition.of(record(), changed.after(), house.clock().instant().toString());
        PluginRecord after = transition.after();
        ServedRelease now = service.served();
        ServedRelease next = wanted(after);
        Turn.Action become = () -> become(changed, after, next, turn);
        Optional<ReleaseRecord> upgraded = callbacks ? transition.replaced() : Optional.empty();
        try {
            upgraded.ifPresent(
                    old -> turn.upgrades(after.id(), old, after.current().version()));
            if (now != null && next != null && next != now) {
                turn.take(
                        Phase.RELEASE,
                        "load " + after.current().named(),
                        () -> service.loadFirst(next, turn.progress()));
            }
            if (upgraded.isPresent()) {
                upgrade(upgraded.get(), transition, next, changed.what(), become, turn);
            } else {
                turn.take(Phase.RELEASE_SWITCH, transition.lines(changed.what()), become);
            }
            return after;
        } catch (AdminException failure) {
            if (next != null && next != now) {
                next.retire();
            }
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
            if (service.stopped()) {
                throw service.notServing();
            }
            try {
                house.audit()
                        .commit(
                                turn.done(after.id(), after.newest().digest()),
                                line -> changed.recording().record(house.registry(), after, line));
            } catch (RegistryException failure) {
                throw Refusals.of(failure);
            }
            service.serve(after, next);
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
            if (service.stopped()) {
                throw service.notServing();
            }
            recording.run();
            return service.leave();
        } finally {
            switching.unlock();
        }
    }

    /** Keeps it from serving for now, or lets it serve again when the text is empty; nothing durable changes. */
    void suspend(String why) throws AdminException {
        exclusively(() -> {
            switching.lock();
            try {
                service.suspended(why);
                if (!service.stopped()) {
                    service.serve(record(), wanted(record()));
                }
                return true;
            } finally {
                switching.unlock();
            }
        });
    }

    /** The code of the release that is this plugin's now, for its callbacks; the caller holds it exclusively. */
    BorrowedCode code() {
        PluginRecord now = record();
        return BorrowedCode.of(
                house, service.served(), now.current(), Consent.of(now.current().descriptor(), now.decisions()));
    }

    private @Nullable ServedRelease wanted(PluginRecord after) {
        Optional<ReleaseRecord> serving = after.serving();
        if (!after.enabled() || serving.isEmpty() || !service.suspendedWhy().isEmpty()) {
            return null;
        }
        ServedRelease now = service.served();
        if (now != null && now.digest().equals(serving.get().digest())) {
            return now;
        }
        return house.serve(
                serving.get(),
                Consent.of(serving.get().descriptor(), after.decisions()),
                release -> house.background().execute(() -> giveUp(release)));
    }

    private void giveUp(ServedRelease release) {
        try {
            change(
                    before -> {
                        if (service.served() != release) {
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

    /** Takes the service back and gives no more leases; the record stays as it is. */
    Optional<ServedRelease> stop() {
        switching.lock();
        try {
            return service.stop();
        } finally {
            switching.unlock();
        }
    }
}
