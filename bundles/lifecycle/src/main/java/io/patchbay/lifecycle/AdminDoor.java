// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.GrantRequest;
import io.patchbay.admin.InstallRequest;
import io.patchbay.admin.InvokeResult;
import io.patchbay.admin.PackResult;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionResult;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one door to the life of plugins: hands each wish to whoever carries it out, and shows what came of it. */
final class AdminDoor implements PluginAdmin {
    private final NodeDoor door;
    private final ArtifactIntake intake;
    private final EngineGate engines;

    AdminDoor(NodeDoor door, ArtifactIntake intake, EngineGate engines) {
        this.door = door;
        this.intake = intake;
        this.engines = engines;
    }

    @Override
    public ArtifactInspection inspect(Path source) throws AdminException {
        Incoming incoming = intake.read(source);
        PluginDescriptor descriptor = incoming.descriptor();
        Optional<ModuleFacts> module = descriptor.hasCode() ? Optional.of(engineFacts(incoming)) : Optional.empty();
        Map<MethodKey, Decision> decisions = door.opened()
                .flatMap(node -> node.plugins().find(descriptor.id()))
                .map(plugin -> plugin.record().decisions())
                .orElse(Map.of());
        return new ArtifactInspection(
                source.toString(),
                incoming.digest(),
                incoming.bytes().length,
                descriptor,
                module,
                Consent.of(descriptor, decisions).columns(engines.hostServices()),
                PluginViews.accepted(descriptor));
    }

    private ModuleFacts engineFacts(Incoming incoming) throws AdminException {
        EngineGate.Lease lease = engines.lease(PluginHouse.COMMAND_PATIENCE).orElseThrow(Refusals::noEngine);
        try (lease) {
            return lease.engine().inspect(incoming.descriptor(), incoming.bytes());
        } catch (EngineException failure) {
            throw Refusals.of(failure);
        } catch (RuntimeException failure) {
            throw Refusals.engineBroke(failure);
        }
    }

    @Override
    public PackResult pack(Path source, Path target) throws AdminException {
        return intake.pack(source, target);
    }

    @Override
    public PluginView install(InstallRequest request) throws AdminException {
        Node node = door.node();
        node.refuseReadOnly();
        InstalledPlugins.Installed installed = node.plugins().install(intake.read(request.source()), request);
        return view(
                installed.plugin(), installed.changed() ? List.of() : List.of("already installed: the same artifact"));
    }

    @Override
    public List<PluginView> plugins() throws AdminException {
        return door.node().plugins().all().stream()
                .map(plugin -> view(plugin, List.of()))
                .toList();
    }

    @Override
    public Optional<PluginView> plugin(String pluginId) throws AdminException {
        return door.node().plugins().find(pluginId).map(plugin -> view(plugin, List.of()));
    }

    @Override
    public PluginView grant(GrantRequest request) throws AdminException {
        Node node = door.node();
        InstalledPlugin plugin = node.plugins().get(request.pluginId());
        node.refuseReadOnly();
        node.grants().grant(plugin, request);
        return view(plugin, List.of());
    }

    @Override
    public PluginView revoke(GrantRequest request) throws AdminException {
        Node node = door.node();
        InstalledPlugin plugin = node.plugins().get(request.pluginId());
        node.refuseReadOnly();
        node.grants().revoke(plugin, request);
        return view(plugin, List.of());
    }

    @Override
    public PluginView enable(String pluginId, String actor) throws AdminException {
        return switched(pluginId, true, "enabled", actor);
    }

    @Override
    public PluginView disable(String pluginId, String actor) throws AdminException {
        return switched(pluginId, false, "disabled", actor);
    }

    private PluginView switched(String pluginId, boolean on, String what, String actor) throws AdminException {
        Node node = door.node();
        InstalledPlugin plugin = node.plugins().get(pluginId);
        node.refuseReadOnly();
        plugin.change(before -> before.switched(on, on ? "" : "by " + actor), Progress.NONE);
        plugin.tell(what, "by " + actor);
        return view(plugin, List.of());
    }

    @Override
    public void load(String pluginId, Progress progress) throws AdminException {
        door.node().plugins().get(pluginId).load(progress);
    }

    @Override
    public InvokeResult invoke(String pluginId, PluginRequest request) throws AdminException, PluginCallException {
        InstalledPlugin plugin = door.node().plugins().get(pluginId);
        if (plugin.state() == PluginView.State.INSTALLED) {
            throw plugin.notServing();
        }
        ExecutionResult result = plugin.execute(request);
        return new InvokeResult(
                result.executionId(),
                result.response(),
                result.queueNanos(),
                result.instantiateNanos(),
                result.executeNanos(),
                result.hostCalls());
    }

    @Override
    public Explanation why(String pluginId, String method) throws AdminException {
        return MethodExplainer.explain(door.node().plugins().get(pluginId), method, engines);
    }

    private PluginView view(InstalledPlugin plugin, List<String> first) {
        return PluginViews.of(plugin, engines.hostServices(), first);
    }
}
