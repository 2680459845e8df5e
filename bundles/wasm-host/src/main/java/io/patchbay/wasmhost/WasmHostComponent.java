// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.Topics;
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
import io.patchbay.wasmhost.engine.InstanceLimits;
import io.patchbay.wasmhost.execution.EngineSettings;
import io.patchbay.wasmhost.execution.ExecutionIds;
import io.patchbay.wasmhost.execution.WasmEngine;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;

/** Runs the engine in the framework: settings, log, events, data folder and host services in, the port out. */
@Component(
        service = {Engine.class, MetricSource.class},
        configurationPid = "io.patchbay.wasmhost",
        immediate = true)
@Designate(ocd = WasmHostConfig.class)
public final class WasmHostComponent implements Engine, MetricSource {
    private final ServiceTracker<LoggerFactory, LoggerFactory> logs;
    private final ServiceTracker<EventAdmin, EventAdmin> events;
    private final ServiceTracker<HostService, HostServiceSource.Provided> hostServices;
    private final FrameworkLog log;
    private final DataFolderArtifacts artifacts;
    private final WasmEngine engine;
    private volatile HostServices.Timing timing;

    /** Called by the component runtime. */
    @Activate
    public WasmHostComponent(BundleContext context, WasmHostConfig config) {
        logs = new ServiceTracker<>(context, LoggerFactory.class, null);
        events = new ServiceTracker<>(context, EventAdmin.class, null);
        logs.open();
        events.open();
        ExecutionIds ids = new ExecutionIds();
        log = new FrameworkLog(logs, ids);
        artifacts = new DataFolderArtifacts(log);
        EngineSettings settings = Settings.of(config, Runtime.getRuntime().maxMemory());
        timing = settings.timing();
        HostServices services = new HostServices(log, () -> timing);
        engine = new WasmEngine(
                settings,
                services,
                log,
                ids,
                artifacts,
                new InProcessCompiler(
                        new InstanceLimits(config.memory_pages(), InstanceLimits.DEFAULT.maximumTableEntries())),
                this::gaveUp);
        hostServices = new ServiceTracker<>(context, HostService.class, new HostServiceSource(context, services));
        hostServices.open();
    }

    @Modified
    void modified(WasmHostConfig config) {
        timing = Settings.timing(config);
        engine.limits(Settings.limits(config));
    }

    /** Executions end before their host services are let go. */
    @Deactivate
    void deactivate() {
        engine.close();
        hostServices.close();
        events.close();
        logs.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setDataFolder(DataFolder folder) {
        artifacts.use(folder);
    }

    void unsetDataFolder(DataFolder folder) {
        artifacts.useMemory();
    }

    private void gaveUp(String pluginId) {
        String detail = "a guest of plugin '" + pluginId + "' went on for 100 ms of CPU time after it was told to end;"
                + " the plugin takes no more requests until it is loaded again";
        log.warning(detail);
        EventAdmin admin = events.getService();
        if (admin != null) {
            admin.postEvent(new Event(
                    Topics.PLUGIN, Map.of(Topics.PLUGIN_ID, pluginId, Topics.WHAT, "given up", Topics.DETAIL, detail)));
        }
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
    public List<HostServiceDescriptor> hostServices() {
        return engine.hostServices();
    }

    @Override
    public List<Metric> metrics() {
        return engine.metrics();
    }
}
