// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.GrantRequest;
import io.patchbay.admin.InstallRequest;
import io.patchbay.admin.InvokeResult;
import io.patchbay.admin.LifecycleRequest;
import io.patchbay.admin.LifecycleResult;
import io.patchbay.admin.PackResult;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.PolicyView;
import io.patchbay.admin.ReleaseView;
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
    public LifecycleResult change(LifecycleRequest request, ChangeContext context) throws AdminException {
        Node node = door.node();
        if (!context.dryRun()) {
            node.refuseReadOnly();
        }
        PluginLife.Outcome outcome = node.life().change(request, context);
        Optional<PluginView> plugin = node.plugins().find(outcome.pluginId()).map(found -> view(found, List.of()));
        return new LifecycleResult(
                outcome.pluginId(),
                context.dryRun(),
                outcome.turn().steps(),
                outcome.turn().notes(),
                plugin);
    }

    /** A change of one plugin, whose notes come first in what is shown of it. */
    private PluginView changed(LifecycleRequest request, ChangeContext context) throws AdminException {
        LifecycleResult result = change(request, context);
        InstalledPlugin plugin = door.node().plugins().get(result.pluginId());
        return view(plugin, result.notes());
    }

    @Override
    public PluginView install(InstallRequest request) throws AdminException {
        return changed(
                new LifecycleRequest.Install(request.source(), request.development(), true, Optional.empty()),
                new ChangeContext(request.actor(), ChangeContext.COMMAND, false, request.progress()));
    }

    @Override
    public List<ReleaseView> releases(String pluginId) throws AdminException {
        Node node = door.node();
        return node.releases(node.plugins().get(pluginId)).views();
    }

    @Override
    public PolicyView policy() throws AdminException {
        return door.node().life().policies().view();
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
        return changed(
                new LifecycleRequest.Grant(
                        request.pluginId(),
                        new LifecycleRequest.Grants(request.all(), request.methods()),
                        request.whole()),
                ChangeContext.by(request.actor()));
    }

    @Override
    public PluginView revoke(GrantRequest request) throws AdminException {
        return changed(
                new LifecycleRequest.Revoke(
                        request.pluginId(), new LifecycleRequest.Grants(request.all(), request.methods())),
                ChangeContext.by(request.actor()));
    }

    @Override
    public PluginView enable(String pluginId, String actor) throws AdminException {
        return changed(new LifecycleRequest.Enable(pluginId), ChangeContext.by(actor));
    }

    @Override
    public PluginView disable(String pluginId, String actor) throws AdminException {
        return changed(new LifecycleRequest.Disable(pluginId, false), ChangeContext.by(actor));
    }

    @Override
    public void load(String pluginId, Progress progress) throws AdminException {
        door.node().plugins().get(pluginId).service().load(progress);
    }

    @Override
    public InvokeResult invoke(String pluginId, PluginRequest request) throws AdminException, PluginCallException {
        InstalledPlugin plugin = door.node().plugins().get(pluginId);
        if (plugin.service().state() == PluginView.State.INSTALLED) {
            throw plugin.service().notServing();
        }
        ExecutionResult result = plugin.service().execute(request);
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
