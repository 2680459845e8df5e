// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.port.ExecutionResult;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Progress;
import io.patchbay.port.Release;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One release while it serves: its routes, its grants, and its loaded form in the engine that is there now, made once by
 * the first who needs it. Callers hold a lease; after {@link #retire} the last one's leaving unloads it. Thread-safe.
 */
final class ServedRelease {
    private final Release release;
    private final RouteTable routes;
    private final EngineGate engines;
    private final NodeLog log;
    private final Consumer<ServedRelease> whenGivenUp;
    private final Leases leases;
    private final ReentrantLock loading = new ReentrantLock();
    private final Object granting = new Object();
    private volatile List<Grant> grants;
    private volatile @Nullable Loaded loaded;
    private volatile @Nullable Refused refused;

    /** The loaded form, valid in one generation of the engine. */
    private record Loaded(EngineGate.Generation generation, LoadedRelease release) {}

    /** The engine's final no, valid in one generation. */
    private record Refused(EngineGate.Generation generation, String message) {}

    ServedRelease(
            ReleaseRecord record,
            Path archive,
            List<Grant> grants,
            EngineGate engines,
            Executor background,
            NodeLog log,
            Consumer<ServedRelease> whenGivenUp) {
        this.release = new Release(record.descriptor(), record.digest(), archive);
        this.routes = new RouteTable(record.descriptor().routes());
        this.grants = grants;
        this.engines = engines;
        this.log = log;
        this.whenGivenUp = whenGivenUp;
        this.leases = new Leases(() -> background.execute(this::unload));
    }

    PluginDescriptor descriptor() {
        return release.descriptor();
    }

    String digest() {
        return release.digest();
    }

    /** Takes a lease; false once it is retired: its successor serves. */
    boolean tryAcquire() {
        return leases.tryAcquire();
    }

    void release() {
        leases.release();
    }

    /** Gives no more leases; unloads when the last one is back. Idempotent. */
    void retire() {
        leases.close();
    }

    boolean awaitRetired(Duration limit) {
        return leases.awaitDrained(limit);
    }

    /** Replaces the grants; counts from the next execution. */
    void grants(List<Grant> replacement) {
        grants = replacement;
        applyGrants();
    }

    private void applyGrants() {
        // Read inside, so that whoever comes last applies the newest, whichever thread it is.
        synchronized (granting) {
            Loaded now = loaded;
            if (now != null && !now.generation().left()) {
                now.release().grants(grants);
            }
        }
    }

    /** Checks whether a request would run; the caller holds a lease of this release. */
    void admit(PluginRequest request, Tenancy tenancy) throws PluginCallException {
        RouteCall.of(release.descriptor(), routes, request).admitted(tenancy);
    }

    /**
     * Runs one request; the caller holds a lease of this release.
     *
     * @param tenancy for which tenants the plugin is there
     * @param grace how long to wait for an engine
     */
    ExecutionResult call(PluginRequest request, Tenancy tenancy, Duration grace) throws PluginCallException {
        ExecutionRequest execution =
                RouteCall.of(release.descriptor(), routes, request).admitted(tenancy);
        EngineGate.Lease lease = engines.lease(grace)
                .orElseThrow(() -> new PluginCallException(
                        Reason.RESTARTING, "The plugin engine is restarting; try again in a moment"));
        try (lease) {
            return loaded(lease).execute(execution);
        }
    }

    /**
     * Runs one execution that no route stands for; the caller keeps this release loaded.
     *
     * @param patience how long to wait for an engine
     */
    ExecutionResult run(ExecutionRequest execution, Duration patience)
            throws PluginCallException, EngineException, AdminException {
        EngineGate.Lease lease = engines.lease(patience).orElseThrow(Refusals::noEngine);
        try (lease) {
            return loaded(lease, Progress.NONE).execute(execution);
        }
    }

    private LoadedRelease loaded(EngineGate.Lease lease) throws PluginCallException {
        try {
            return loaded(lease, Progress.NONE);
        } catch (EngineException failure) {
            log.warn("plugin " + release.descriptor().id() + " cannot be loaded: " + failure.getMessage(), failure);
            throw failure.reason() == EngineException.Reason.REFUSED
                    ? new PluginCallException(Reason.FAILED, "compile dynamic plugin Wasm failed")
                    : new PluginCallException(Reason.BUSY, "The plugin cannot be loaded now; try again later");
        }
    }

    /** Loads it unless it is loaded in this engine; waits for whoever is loading it already. */
    LoadedRelease loaded(EngineGate.Lease lease, Progress progress) throws EngineException {
        Loaded now = loaded;
        return now != null && now.generation() == lease.generation() ? now.release() : load(lease, progress);
    }

    private LoadedRelease load(EngineGate.Lease lease, Progress progress) throws EngineException {
        loading.lock();
        try {
            Loaded now = loaded;
            if (now != null && now.generation() == lease.generation()) {
                return now.release();
            }
            Refused no = refused;
            if (no != null && no.generation() == lease.generation()) {
                throw new EngineException(EngineException.Reason.REFUSED, no.message());
            }
            LoadedRelease fresh = askEngine(lease, progress);
            loaded = new Loaded(lease.generation(), fresh);
            applyGrants();
            fresh.whenDisabled(() -> whenGivenUp.accept(this));
            return fresh;
        } finally {
            loading.unlock();
        }
    }

    private LoadedRelease askEngine(EngineGate.Lease lease, Progress progress) throws EngineException {
        try {
            return lease.engine().load(release, grants, progress);
        } catch (EngineException failure) {
            if (failure.reason() == EngineException.Reason.REFUSED) {
                refused = new Refused(lease.generation(), Texts.reason((Throwable) failure));
            }
            throw failure;
        } catch (RuntimeException failure) {
            throw new EngineException(
                    EngineException.Reason.UNAVAILABLE, "the engine failed: " + Texts.reason(failure), failure);
        }
    }

    /** Lets go of everything that came from an engine that has left; that engine closes it itself. */
    void forget(EngineGate.Generation gone) {
        Loaded now = loaded;
        if (now != null && now.generation() == gone) {
            loaded = null;
        }
        Refused no = refused;
        if (no != null && no.generation() == gone) {
            refused = null;
        }
    }

    private void unload() {
        Loaded now = loaded;
        loaded = null;
        if (now == null || now.generation().left()) {
            return;
        }
        try {
            now.release().close();
        } catch (RuntimeException failure) {
            log.warn(
                    "release " + Texts.digest(release.digest()) + " of plugin "
                            + release.descriptor().id() + " did not unload cleanly",
                    failure);
        }
    }
}
