// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.port.Engine;
import io.patchbay.port.EngineException;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Progress;
import io.patchbay.port.Release;
import io.patchbay.wasmhost.engine.Deadlines;
import io.patchbay.wasmhost.engine.FreshInstances;
import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.engine.InstanceLimits;
import io.patchbay.wasmhost.engine.LoadedModule;
import io.patchbay.wasmhost.engine.ModuleCompiler;
import io.patchbay.wasmhost.engine.NodePages;
import io.patchbay.wasmhost.hostcall.HostServices;
import io.patchbay.wasmhost.hostcall.Incidents;
import io.patchbay.wasmhost.hostcall.PluginUsage;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The engine of a node: prepares, loads and runs releases. Thread-safe. */
public final class WasmEngine implements Engine, MetricSource, AutoCloseable {
    /** How long closing lets executions finish, then how long it waits for those that it cancelled: 5 s is too late. */
    private static final long CLOSE_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final Duration CANCEL_PATIENCE = Duration.ofSeconds(1);

    private static final int TABLE_ENTRIES = InstanceLimits.DEFAULT.maximumTableEntries();

    private final GuestExecution.Node node;
    private final ModulePreparation preparation;
    private final Deadlines deadlines = new Deadlines();
    private final GuestThreads threads;
    private final NodePages pages;
    private final long pluginPages;
    private final ExecutionIds ids;
    private final Consumer<String> warnings;
    private final Map<String, PluginAccount> accounts = new ConcurrentHashMap<>();
    private final Set<PluginRelease> loaded = ConcurrentHashMap.newKeySet();
    private final LimitTable limits;
    private final LongAdder runaways = new LongAdder();
    private volatile long closeBy = Long.MAX_VALUE;
    private volatile boolean closed;

    /**
     * Starts without a plugin.
     *
     * @param settings not null
     * @param services the host services, not null
     * @param incidents where causes are kept, not null
     * @param ids names executions, not null
     * @param artifacts where compiled artifacts are kept, not null
     * @param compiler not null
     * @param warnings hears what an operator should know, a line each, on any thread and quickly, not null
     */
    public WasmEngine(
            EngineSettings settings,
            HostServices services,
            Incidents incidents,
            ExecutionIds ids,
            CompiledArtifacts artifacts,
            ModuleCompiler compiler,
            Consumer<String> warnings) {
        limits = new LimitTable(settings.limits(), settings.ceilings(), warnings);
        threads = new GuestThreads(settings.threads(), deadlines);
        pages = new NodePages(settings.nodePages(), settings.reservePages());
        pluginPages = settings.pluginPages();
        node = new GuestExecution.Node(services, incidents, new SecureRandom());
        preparation = new ModulePreparation(
                compiler, artifacts, pluginId -> limits.of(pluginId).memoryPages());
        this.ids = ids;
        this.warnings = warnings;
    }

    /**
     * The limits of executions; what is changed in it counts from the next one.
     *
     * @return never null
     */
    public LimitTable limits() {
        return limits;
    }

    @Override
    public ModuleFacts inspect(PluginDescriptor descriptor, byte[] artifact) throws EngineException {
        return preparation.inspect(descriptor, artifact);
    }

    @Override
    public ModuleFacts prepare(Release release, Progress progress) throws EngineException {
        return preparation.prepare(release, progress);
    }

    @Override
    public LoadedRelease load(Release release, List<Grant> grants, Progress progress) throws EngineException {
        LoadedModule module = LoadedModule.load(preparation.compiled(release, progress));
        String pluginId = release.descriptor().id();
        PluginAccount account = account(pluginId);
        PluginRelease ready = new PluginRelease(
                this,
                release,
                account,
                new FreshInstances(
                        module,
                        () -> new InstanceLimits(limits.of(pluginId).memoryPages(), TABLE_ENTRIES),
                        account.memory()),
                grants);
        loaded.add(ready);
        if (closed) {
            ready.close();
            throw new EngineException(EngineException.Reason.UNAVAILABLE, "the engine is restarting; try again");
        }
        return ready;
    }

    /** What all releases of a plugin share; the same object for the same plugin, always. */
    PluginAccount account(String pluginId) {
        return accounts.computeIfAbsent(
                pluginId, id -> new PluginAccount(new ExecutionGate(), pages.share(pluginPages), new PluginUsage(id)));
    }

    @Override
    public void forget(String digest) {
        try {
            preparation.forget(digest);
        } catch (IOException e) {
            warnings.accept("the compiled form of a plugin that is gone stays stored: " + e.getMessage());
        }
    }

    @Override
    public List<HostServiceDescriptor> hostServices() {
        return node.services().descriptors();
    }

    @Override
    public boolean hasKnown(String service) {
        return node.services().hasKnown(service);
    }

    @Override
    public List<HostServiceDescriptor> knownHostServices() {
        return node.services().knownDescriptors();
    }

    @Override
    public void expect(List<HostServiceDescriptor> known) {
        node.services().expect(known);
    }

    @Override
    public List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(new Metric(
                "patchbay_guest_memory_pages", "Memory of all instances, 64 KiB pages.", Map.of(), pages.used()));
        metrics.add(new Metric(
                "patchbay_guest_memory_limit_pages",
                "Memory of all instances from which on nothing new starts, 64 KiB pages.",
                Map.of(),
                pages.limit()));
        metrics.add(new Metric("patchbay_guests_running", "Guest threads at work.", Map.of(), threads.running()));
        metrics.add(new Metric(
                "patchbay_runaway_guests_total",
                "Guests that did not stop when told to; their plugins are given up.",
                Map.of(),
                runaways.sum()));
        metrics.add(new Metric(
                "patchbay_host_service_overstayed_calls_total",
                "Calls that did not end within the drain time of their host service.",
                Map.of(),
                node.services().overstayedCalls()));
        metrics.addAll(preparation.metrics());
        metrics.addAll(limits.metrics());
        accounts.forEach((id, account) -> {
            metrics.add(new Metric(
                    "patchbay_executions_running",
                    "Executions at work.",
                    Map.of("plugin", id),
                    account.gate().running()));
            metrics.add(new Metric(
                    "patchbay_executions_waiting",
                    "Executions in the plugin's queue.",
                    Map.of("plugin", id),
                    account.gate().waiting()));
            metrics.add(new Metric(
                    "patchbay_instance_memory_limit_pages",
                    "Memory that one execution of a loaded plugin may take, 64 KiB pages.",
                    Map.of("plugin", id),
                    limits.of(id).memoryPages()));
            metrics.addAll(account.usage().metrics());
        });
        return List.copyOf(metrics);
    }

    GuestExecution.Node node() {
        return node;
    }

    ExecutionIds ids() {
        return ids;
    }

    GuestThreads threads() {
        return threads;
    }

    boolean isClosed() {
        return closed;
    }

    long closePatienceNanos() {
        return closed ? closeBy - System.nanoTime() : Long.MAX_VALUE;
    }

    void runaway(String pluginId) {
        runaways.increment();
        warnings.accept("a guest of plugin '" + pluginId + "' went on for 100 ms of CPU time after it was told to end;"
                + " the plugin takes no more requests until it is enabled again");
    }

    void unloaded(PluginRelease release) {
        loaded.remove(release);
    }

    /**
     * Lets executions finish for 3 s at most, cancels the rest, and unloads everything. What has not ended 1 s after that
     * hangs in a provider, or ignores its order; it is told. Idempotent.
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closeBy = System.nanoTime() + CLOSE_PATIENCE_NANOS;
        closed = true;
        loaded.forEach(PluginRelease::close);
        if (!threads.close(CANCEL_PATIENCE)) {
            warnings.accept(
                    threads.running() + " executions did not end when the engine stopped; their threads go on until"
                            + " what they call returns");
        }
        deadlines.close();
    }
}
