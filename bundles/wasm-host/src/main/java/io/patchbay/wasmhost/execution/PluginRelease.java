// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.port.ExecutionResult;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.Release;
import io.patchbay.wasmhost.engine.GuestThreadsBusyException;
import io.patchbay.wasmhost.engine.GuestTrap;
import io.patchbay.wasmhost.engine.InstanceSource;
import io.patchbay.wasmhost.hostcall.GrantTable;
import io.patchbay.wasmhost.hostcall.HostCallContext;
import io.patchbay.wasmhost.hostcall.Limit;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A release that runs: admits executions within their plugin's limits, and answers each as contract 1.3 and 1.8 say. */
final class PluginRelease implements LoadedRelease {
    private final WasmEngine engine;
    private final Release release;
    private final PluginAccount account;
    private final InstanceSource instances;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private Granted granted;
    private int running;
    private long latestDeadline;
    private boolean closed;
    private Runnable whenDisabled = () -> {};
    private volatile boolean disabled;

    /** Grants as they are bound, and what they let WASI tell. */
    private record Granted(GrantTable table, GrantedWasi wasi) {}

    PluginRelease(
            WasmEngine engine, Release release, PluginAccount account, InstanceSource instances, List<Grant> grants) {
        this.engine = engine;
        this.release = release;
        this.account = account;
        this.instances = instances;
        granted = bind(grants);
    }

    private Granted bind(List<Grant> grants) {
        return new Granted(
                GrantTable.bind(engine.node().services(), release.descriptor().id(), release.digest(), grants),
                new GrantedWasi(grants));
    }

    @Override
    public ExecutionResult execute(ExecutionRequest request) throws PluginCallException {
        long asked = System.nanoTime();
        BridgeContract bridge = bridge();
        ExecutionLimits limits = engine.limits().of(release.descriptor().id());
        FieldWriter encoded = BridgeRequests.encode(release.descriptor().id(), request);
        if (encoded.size() > limits.bridgeRequestBytes()) {
            account.usage().reached(Limit.BRIDGE_REQUEST);
            throw new PluginCallException(
                    PluginCallException.Reason.TOO_LARGE,
                    "the request of " + encoded.size() + " bytes exceeds the limit of " + limits.bridgeRequestBytes());
        }
        long deadline = asked + limits.timeoutNanos(request.timeout());
        enter(limits, deadline);
        long queued = System.nanoTime() - asked;
        Granted uses = begin(deadline);
        RunningExecution identity = new RunningExecution(
                release.descriptor().id(), request.tenantId(), engine.ids().next(), deadline);
        GuestExecution execution = new GuestExecution(
                engine.node(),
                instances,
                bridge,
                limits,
                new HostCallContext(identity, uses.table(), limits.hostCalls(), account.usage()),
                uses.wasi(),
                encoded,
                () -> ended(uses));
        return run(execution, identity, uses, queued);
    }

    private BridgeContract bridge() throws PluginCallException {
        if (disabled) {
            throw new PluginCallException(PluginCallException.Reason.NOT_ENABLED, "Dynamic plugin is not enabled");
        }
        return release.descriptor()
                .bridge()
                .filter(BridgeContract::routeExecution)
                .orElseThrow(() -> new PluginCallException(
                        PluginCallException.Reason.FAILED, "dynamic plugin is missing Wasm bridge metadata"));
    }

    private void enter(ExecutionLimits limits, long deadline) throws PluginCallException {
        if (!account.memory().hasRoom()) {
            throw busy(Limit.NODE_MEMORY, "the node has no memory for another execution");
        }
        ExecutionGate.Entry entry =
                account.gate().enter(limits.concurrency(), limits.queue(), deadline - System.nanoTime());
        switch (entry) {
            case ENTERED -> {}
            case FULL -> throw busy(Limit.CONCURRENCY, "too many requests wait for the plugin");
            case TIMED_OUT -> throw busy(Limit.CONCURRENCY, "the request waited for the plugin until its deadline");
            case INTERRUPTED -> throw new PluginCallException(PluginCallException.Reason.FAILED, "cancelled");
        }
    }

    private PluginCallException busy(Limit limit, String text) {
        account.usage().reached(limit);
        return new PluginCallException(PluginCallException.Reason.BUSY, text + "; try again later");
    }

    private Granted begin(long deadline) throws PluginCallException {
        lock.lock();
        try {
            if (!closed && granted.table().use()) {
                running++;
                latestDeadline = running == 1 || deadline - latestDeadline > 0 ? deadline : latestDeadline;
                return granted;
            }
        } finally {
            lock.unlock();
        }
        account.gate().leave();
        throw restarting();
    }

    private void ended(Granted uses) {
        uses.table().unuse();
        account.gate().leave();
        lock.lock();
        try {
            running--;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private ExecutionResult run(GuestExecution execution, RunningExecution identity, Granted uses, long queued)
            throws PluginCallException {
        try {
            GuestExecution.Outcome outcome =
                    engine.threads().run(execution, identity.deadlineNanos() - System.nanoTime(), this::runaway);
            if (outcome instanceof GuestExecution.Answered answer) {
                return new ExecutionResult(
                        identity.executionId(),
                        answer.response(),
                        queued,
                        answer.instantiateNanos(),
                        answer.executeNanos(),
                        execution.hostCalls());
            }
            throw failed(((GuestExecution.Failed) outcome).text());
        } catch (GuestThreadsBusyException e) {
            ended(uses);
            if (engine.isClosed()) {
                throw restarting();
            }
            throw busy(Limit.CONCURRENCY, "all guest threads of the node are taken");
        } catch (GuestTrap e) {
            throw trapped(execution, identity, e);
        }
    }

    private PluginCallException trapped(GuestExecution execution, RunningExecution identity, GuestTrap trap) {
        switch (trap.reason()) {
            case DEADLINE -> account.usage().reached(Limit.DEADLINE);
            case MEMORY_LIMIT -> account.usage().reached(Limit.PLUGIN_MEMORY);
            case CALL_STACK_EXHAUSTED -> account.usage().reached(Limit.CALL_DEPTH);
            case CANCELLED -> {
                if (engine.isClosed()) {
                    return new PluginCallException(
                            PluginCallException.Reason.CUT_OFF,
                            "the plugin is restarting and the request was cut off; try again in a moment");
                }
            }
            case ENGINE ->
                engine.node()
                        .incidents()
                        .report(
                                "execution " + identity.executionId() + " of plugin " + identity.pluginId() + ", at "
                                        + execution.step(),
                                trap);
            default -> {}
        }
        return failed(execution.step().failed(String.valueOf(trap.getMessage())));
    }

    private static PluginCallException failed(String text) {
        return new PluginCallException(PluginCallException.Reason.FAILED, text);
    }

    private static PluginCallException restarting() {
        return new PluginCallException(
                PluginCallException.Reason.RESTARTING, "the plugin is restarting; try again in a moment");
    }

    /** On the watchdog's thread: a guest used 100 ms of CPU time after it was told to end (DESIGN 8). */
    private void runaway() {
        Runnable listener;
        lock.lock();
        try {
            if (disabled) {
                return; // another of its guests was the first
            }
            disabled = true;
            listener = whenDisabled;
        } finally {
            lock.unlock();
        }
        engine.runaway(release.descriptor().id());
        listener.run();
    }

    @Override
    public void grants(List<Grant> grants) {
        Granted next = bind(grants);
        Granted old;
        lock.lock();
        try {
            old = closed ? next : granted;
            granted = closed ? granted : next;
        } finally {
            lock.unlock();
        }
        old.table().close();
    }

    @Override
    public boolean disabledByEngine() {
        return disabled;
    }

    @Override
    public void whenDisabled(Runnable listener) {
        lock.lock();
        try {
            whenDisabled = listener;
            if (!disabled) {
                return;
            }
        } finally {
            lock.unlock();
        }
        listener.run();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            awaitIdle();
        } finally {
            lock.unlock();
        }
        granted.table().close();
        engine.unloaded(this);
    }

    /** Waits for running executions, at most to the latest deadline; an execution beyond it is being stopped anyway. */
    private void awaitIdle() {
        boolean interrupted = false;
        long left = Math.min(latestDeadline - System.nanoTime(), engine.closePatienceNanos());
        while (running > 0 && left > 0 && !interrupted) {
            try {
                left = idle.awaitNanos(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
