// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Metric;
import io.patchbay.admin.PluginView;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What calls of one plugin reach: the release that serves now, offered as one OSGi service whatever release that is.
 *
 * <p>Calls take no lock: they read what serves and lease it, and read anew when it was retired in between. What serves is
 * changed by {@link InstalledPlugin} alone, one change at a time. Thread-safe.
 */
final class PluginService implements Plugin {
    private final PluginHouse house;
    private final Counters counters = new Counters();
    private volatile PluginRecord record;
    private volatile @Nullable ServedRelease served;
    private volatile boolean stopped;
    private volatile boolean gone;
    private volatile String suspendedWhy = "";
    private PluginPublisher.@Nullable Publication publication;

    PluginService(PluginHouse house, PluginRecord record) {
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

    /** The release that serves now, if any. */
    @Nullable
    ServedRelease served() {
        return served;
    }

    /** Whether the node stops serving it. */
    boolean stopped() {
        return stopped;
    }

    /** Whether it was uninstalled. */
    boolean gone() {
        return gone;
    }

    /** Why it does not serve for now although it is enabled; empty when it may. */
    String suspendedWhy() {
        return suspendedWhy;
    }

    /** From here on this is recorded, and calls go to that release; the one before unloads when its last call is done. */
    void serve(PluginRecord after, @Nullable ServedRelease next) {
        ServedRelease before = served;
        record = after;
        served = next;
        if (next != null && next == before) {
            next.grants(Consent.of(next.descriptor(), after.decisions()).grants());
        }
        if (before != null && before != next) {
            before.retire();
        }
        publish();
    }

    /** Says why it may not serve for now; empty when it may. */
    void suspended(String why) {
        suspendedWhy = why;
    }

    /** Takes the service back and gives no more leases; the record stays as it is. */
    Optional<ServedRelease> stop() {
        stopped = true;
        return takeBack();
    }

    /** Takes the service back for good. */
    Optional<ServedRelease> leave() {
        gone = true;
        return takeBack();
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

    /** Loads a release that has code, as an operator's command does it: the engine is waited for. */
    void loadFirst(ServedRelease next, Progress progress) throws AdminException {
        if (!next.descriptor().executesRoutes()) {
            return;
        }
        try (EngineGate.Lease lease = engine()) {
            next.loaded(lease, progress);
        } catch (EngineException failure) {
            throw Refusals.of(failure);
        }
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
}
