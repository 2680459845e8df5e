// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.port.Engine;
import io.patchbay.port.EngineException;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Progress;
import io.patchbay.port.Release;
import io.patchbay.provider.DataFolder;
import io.patchbay.wasmhost.engine.InProcessCompiler;
import io.patchbay.wasmhost.execution.EngineSettings;
import io.patchbay.wasmhost.execution.ExecutionIds;
import io.patchbay.wasmhost.execution.WasmEngine;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;

/** Runs the engine in the framework: settings, log, data folder and host services in, the port out. */
@Component(
        service = {Engine.class, MetricSource.class},
        configurationPid = "io.patchbay.wasmhost",
        immediate = true)
@Designate(ocd = WasmHostConfig.class)
public final class WasmHostComponent implements Engine, MetricSource {
    private final ServiceTracker<LoggerFactory, LoggerFactory> logs;
    private final ServiceTracker<HostService, HostServiceSource.Provided> hostServices;
    private final FrameworkLog log;
    private final DataFolderArtifacts artifacts;
    private final WasmEngine engine;
    private volatile HostServices.Timing timing;

    /** Called by the component runtime. */
    @Activate
    public WasmHostComponent(BundleContext context, WasmHostConfig config) {
        logs = new ServiceTracker<>(context, LoggerFactory.class, null);
        logs.open();
        ExecutionIds ids = new ExecutionIds();
        log = new FrameworkLog(logs, ids);
        artifacts = new DataFolderArtifacts(log);
        EngineSettings settings = Settings.of(config, Runtime.getRuntime().maxMemory());
        timing = settings.timing();
        HostServices services = new HostServices(log, () -> timing);
        engine = new WasmEngine(
                settings, services, log, ids, artifacts, new InProcessCompiler(Settings.ANY_MEMORY), log::warning);
        hostServices = new ServiceTracker<>(context, HostService.class, new HostServiceSource(context, services));
        hostServices.open();
    }

    @Modified
    void modified(WasmHostConfig config) {
        timing = Settings.timing(config);
        engine.limits().hostWide(Settings.limits(config), Settings.ceilings(config));
    }

    /** Executions end before their host services are let go. */
    @Deactivate
    void deactivate() {
        engine.close();
        hostServices.close();
        logs.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setDataFolder(DataFolder folder) {
        artifacts.use(folder);
    }

    void unsetDataFolder(DataFolder folder) {
        artifacts.useMemory();
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            updated = "updatedPluginLimits")
    void addPluginLimits(PluginLimits own) {
        engine.limits().own(own, own.pluginId(), own.limits());
    }

    void updatedPluginLimits(PluginLimits own) {
        engine.limits().own(own, own.pluginId(), own.limits());
    }

    void removePluginLimits(PluginLimits own) {
        engine.limits().withdraw(own);
    }

    @Override
    public ModuleFacts inspect(PluginDescriptor descriptor, byte[] artifact) throws EngineException {
        return engine.inspect(descriptor, artifact);
    }

    @Override
    public ModuleFacts prepare(Release release, Progress progress) throws EngineException {
        return engine.prepare(release, progress);
    }

    @Override
    public LoadedRelease load(Release release, List<Grant> grants, Progress progress) throws EngineException {
        return engine.load(release, grants, progress);
    }

    @Override
    public void forget(String digest) {
        engine.forget(digest);
    }

    @Override
    public List<HostServiceDescriptor> hostServices() {
        return engine.hostServices();
    }

    @Override
    public boolean hasKnown(String service) {
        return engine.hasKnown(service);
    }

    @Override
    public List<HostServiceDescriptor> knownHostServices() {
        return engine.knownHostServices();
    }

    @Override
    public void expect(List<HostServiceDescriptor> known) {
        engine.expect(known);
    }

    @Override
    public List<Metric> metrics() {
        return engine.metrics();
    }
}
