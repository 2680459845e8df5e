// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.StateAdmin;
import io.patchbay.admin.StatePage;
import io.patchbay.admin.StateQuery;
import io.patchbay.admin.StateScopeView;
import io.patchbay.port.OwnerRegistry;
import io.patchbay.provider.state.StateProvider;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Offers the look at what plugins keep. A component of its own: the host service must not wait for those who know plugins,
 * for they wait for the engine, and the engine for the host service.
 */
@Component(service = StateAdmin.class)
public final class StateAdminComponent implements StateAdmin {
    private final List<PluginAdmin> plugins = new CopyOnWriteArrayList<>();
    private final List<OwnerRegistry> owners = new CopyOnWriteArrayList<>();
    private final StateInspector inspector;

    /** Called by the component runtime. */
    @Activate
    public StateAdminComponent(@Reference RuntimeComponent runtime) {
        inspector = runtime.inspector(this::owning, this::installed);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPluginAdmin(PluginAdmin admin) {
        plugins.add(admin);
    }

    void removePluginAdmin(PluginAdmin admin) {
        plugins.remove(admin);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addOwnerRegistry(OwnerRegistry registry) {
        owners.add(registry);
    }

    void removeOwnerRegistry(OwnerRegistry registry) {
        owners.remove(registry);
    }

    private Set<String> owning() {
        Set<String> ids = new TreeSet<>();
        owners.forEach(
                registry -> ids.addAll(registry.owners(StateProvider.KIND).keySet()));
        return ids;
    }

    private Set<String> installed() {
        Set<String> ids = new TreeSet<>();
        plugins.forEach(known -> ids.addAll(installed(known)));
        return ids;
    }

    private static List<String> installed(PluginAdmin known) {
        try {
            return known.plugins().stream()
                    .map(plugin -> plugin.descriptor().id())
                    .toList();
        } catch (AdminException e) {
            // Its data folder is not open, so it has no plugins to tell of.
            return List.of();
        }
    }

    @Override
    public List<StateScopeView> usage(Optional<String> pluginId) throws AdminException {
        return inspector.usage(pluginId);
    }

    @Override
    public StatePage list(StateQuery query) throws AdminException {
        return inspector.list(query);
    }

    @Override
    public Optional<String> get(String pluginId, int tenantId, String key) throws AdminException {
        return inspector.get(pluginId, tenantId, key);
    }
}
