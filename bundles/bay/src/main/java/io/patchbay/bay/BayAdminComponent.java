// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.ChangeListener;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.UnbindRequest;
import io.patchbay.port.StoredData;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers the patch bay's answers to operators as services. */
@Component(service = {ProviderAdmin.class, MetricSource.class, StoredData.class})
public final class BayAdminComponent implements ProviderAdmin, MetricSource, StoredData {
    private final List<BindingStore> stores = new CopyOnWriteArrayList<>();
    private final List<PluginAdmin> plugins = new CopyOnWriteArrayList<>();
    private final BayAdmin admin;
    private final BayMetrics metrics;
    private final StoredData stored;

    /** Called by the component runtime. */
    @Activate
    public BayAdminComponent(@Reference BayComponent component) {
        admin = new BayAdmin(
                component.bay(),
                component.drainers(),
                component.movers(),
                () -> stores.stream().findFirst(),
                this::installed);
        metrics = new BayMetrics(component.bay());
        stored = new PluginPurge(component.bay());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBindingStore(BindingStore store) {
        stores.add(store);
    }

    void removeBindingStore(BindingStore store) {
        stores.remove(store);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPluginAdmin(PluginAdmin admin) {
        plugins.add(admin);
    }

    void removePluginAdmin(PluginAdmin admin) {
        plugins.remove(admin);
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
    public List<String> kinds() {
        return admin.kinds();
    }

    @Override
    public void awaitProviders() {
        admin.awaitProviders();
    }

    @Override
    public List<ProviderView> providers() {
        return admin.providers();
    }

    @Override
    public List<BindingView> bindings(String pluginId) {
        return admin.bindings(pluginId);
    }

    @Override
    public void bindForNow(String kind, String provider, String pluginId) throws AdminException {
        admin.bindForNow(kind, provider, pluginId);
    }

    @Override
    public BindResult bind(BindRequest request, ChangeListener listener) throws AdminException {
        return admin.bind(request, listener);
    }

    @Override
    public BindResult unbind(UnbindRequest request, ChangeListener listener) throws AdminException {
        return admin.unbind(request, listener);
    }

    @Override
    public List<MigrationView> migrations() throws AdminException {
        return admin.migrations();
    }

    @Override
    public MigrationView resume(long id, boolean dryRun, String actor, ChangeListener listener) throws AdminException {
        return admin.resume(id, dryRun, actor, listener);
    }

    @Override
    public MigrationView undo(long id, boolean dryRun, String actor, ChangeListener listener) throws AdminException {
        return admin.undo(id, dryRun, actor, listener);
    }

    @Override
    public MigrationView drop(long id, boolean dryRun, String actor) throws AdminException {
        return admin.drop(id, dryRun, actor);
    }

    @Override
    public Explanation why(String pluginId, String kind) throws AdminException {
        return admin.why(pluginId, kind);
    }

    @Override
    public void requireServed(String pluginId, Collection<String> kinds) throws AdminException {
        admin.requireServed(pluginId, kinds);
    }

    @Override
    public List<String> remarks(String pid) {
        return admin.remarks(pid);
    }

    @Override
    public List<Metric> metrics() {
        return metrics.metrics();
    }

    @Override
    public List<Part> of(String pluginId) {
        return stored.of(pluginId);
    }

    @Override
    public void purge(String pluginId) {
        stored.purge(pluginId);
    }
}
