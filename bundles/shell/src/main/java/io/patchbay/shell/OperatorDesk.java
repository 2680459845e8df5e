// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArrivalAdmin;
import io.patchbay.admin.ArrivalView;
import io.patchbay.admin.AuditAdmin;
import io.patchbay.admin.BackupAdmin;
import io.patchbay.admin.LogAdmin;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.SettingsAdmin;
import io.patchbay.admin.StateAdmin;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.admin.Verbs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The desk as it is when all of the node is there: one handler for each row of the table that is neither of the command line
 * alone nor the doctor's. {@link DeskComponent} stands before it. Thread-safe.
 */
@Component(service = OperatorDesk.class)
public final class OperatorDesk {
    private final TableDesk desk;
    private final List<ArrivalAdmin> arrivals = new CopyOnWriteArrayList<>();

    /** Made by declarative services. */
    @Activate
    public OperatorDesk(
            BundleContext context,
            @Reference PluginAdmin plugins,
            @Reference NodeAdmin node,
            @Reference ProviderAdmin providers,
            @Reference StateAdmin state,
            @Reference LogAdmin logs,
            @Reference SettingsAdmin settings,
            @Reference AuditAdmin audit,
            @Reference BackupAdmin backups) {
        NodeAdmin whole = new WholeNode(node, new FrameworkStarter(context));
        PluginVerbs pluginVerbs = new PluginVerbs(plugins, providers);
        LifecycleVerbs lifecycleVerbs = new LifecycleVerbs(plugins);
        NodeVerbs nodeVerbs = new NodeVerbs(audit, backups);
        ProviderVerbs providerVerbs = new ProviderVerbs(providers, plugins);
        BindingVerbs bindingVerbs = new BindingVerbs(providers, node);
        MigrationVerbs migrationVerbs = new MigrationVerbs(providers);
        StateVerbs stateVerbs = new StateVerbs(state, providers);
        ConfigVerbs configVerbs = new ConfigVerbs(settings, providers);
        Map<Verb, VerbHandler> handlers = new LinkedHashMap<>();
        handlers.put(Verbs.STATUS, new StatusVerb(whole, plugins, providers, Surroundings.of(context), this::arrivals));
        handlers.put(Verbs.INSPECT, pluginVerbs::inspect);
        handlers.put(Verbs.PLUGINS, pluginVerbs::plugins);
        handlers.put(Verbs.INSTALL, lifecycleVerbs::install);
        handlers.put(Verbs.UPGRADE, lifecycleVerbs::upgrade);
        handlers.put(Verbs.ROLLBACK, lifecycleVerbs::rollback);
        handlers.put(Verbs.RELEASES, lifecycleVerbs::releases);
        handlers.put(Verbs.ENABLE, lifecycleVerbs::enable);
        handlers.put(Verbs.DISABLE, lifecycleVerbs::disable);
        handlers.put(Verbs.UNINSTALL, lifecycleVerbs::uninstall);
        handlers.put(Verbs.CALL, new CallVerb(plugins));
        handlers.put(Verbs.GRANTS, pluginVerbs::grants);
        handlers.put(Verbs.GRANT_METHODS, lifecycleVerbs::grant);
        handlers.put(Verbs.REVOKE, lifecycleVerbs::revoke);
        handlers.put(Verbs.WHY, pluginVerbs::why);
        handlers.put(Verbs.PROVIDERS, providerVerbs::providers);
        handlers.put(Verbs.BINDINGS, providerVerbs::bindings);
        handlers.put(Verbs.BIND, bindingVerbs::bind);
        handlers.put(Verbs.UNBIND, bindingVerbs::unbind);
        handlers.put(Verbs.MIGRATE_STATUS, migrationVerbs::status);
        handlers.put(Verbs.MIGRATE_RESUME, migrationVerbs::resume);
        handlers.put(Verbs.MIGRATE_UNDO, migrationVerbs::undo);
        handlers.put(Verbs.MIGRATE_DROP, migrationVerbs::drop);
        handlers.put(Verbs.STATE_USAGE, stateVerbs::usage);
        handlers.put(Verbs.STATE_LIST, stateVerbs::list);
        handlers.put(Verbs.STATE_GET, stateVerbs::get);
        handlers.put(Verbs.CONFIG_LIST, configVerbs::list);
        handlers.put(Verbs.CONFIG_GET, configVerbs::get);
        handlers.put(Verbs.CONFIG_SET, configVerbs::set);
        handlers.put(Verbs.CONFIG_UNSET, configVerbs::unset);
        handlers.put(Verbs.LOGS, new LogsVerb(logs, new KnownPlugins(plugins)));
        handlers.put(Verbs.AUDIT, nodeVerbs::audit);
        handlers.put(Verbs.BACKUP, nodeVerbs::backup);
        handlers.put(Verbs.RESTORE, nodeVerbs::restore);
        desk = new TableDesk(whole, handlers);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addArrivals(ArrivalAdmin admin) {
        arrivals.add(admin);
    }

    void removeArrivals(ArrivalAdmin admin) {
        arrivals.remove(admin);
    }

    private List<ArrivalView> arrivals() {
        return arrivals.stream().flatMap(admin -> admin.arrivals().stream()).toList();
    }

    VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
        return desk.run(call, stream);
    }
}
