// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.RequestAdmission;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** All plugins of an open node, by id. Thread-safe. */
final class InstalledPlugins implements RequestAdmission {
    private final Map<String, InstalledPlugin> plugins = new ConcurrentSkipListMap<>();

    InstalledPlugins(PluginHouse house, Collection<PluginRecord> recorded) {
        recorded.forEach(record -> plugins.put(record.id(), new InstalledPlugin(house, record)));
    }

    void start() {
        plugins.values().forEach(InstalledPlugin::start);
    }

    /** The plugins, sorted by id. */
    List<InstalledPlugin> all() {
        return List.copyOf(plugins.values());
    }

    Optional<InstalledPlugin> find(String id) {
        return Optional.ofNullable(plugins.get(id));
    }

    /** @throws AdminException {@code INPUT} when it is not installed */
    InstalledPlugin get(String id) throws AdminException {
        return find(id).orElseThrow(() -> unknown(id));
    }

    AdminException unknown(String id) {
        return new AdminException(Problem.INPUT, "there is no plugin " + Texts.quoted(id) + " here" + known());
    }

    private String known() {
        if (plugins.isEmpty()) {
            return ": none is installed";
        }
        return "; installed: " + Texts.quoted(String.join(", ", plugins.keySet()));
    }

    @Override
    public void admit(String pluginId, PluginRequest request) throws PluginCallException {
        InstalledPlugin plugin = plugins.get(pluginId);
        if (plugin == null) {
            throw RouteCall.notFound();
        }
        plugin.service().admit(request);
    }

    /** A plugin that was installed. */
    void add(InstalledPlugin plugin) {
        plugins.put(plugin.id(), plugin);
    }

    /** A plugin that was uninstalled. */
    void remove(InstalledPlugin plugin) {
        plugins.remove(plugin.id(), plugin);
    }

    /** Loads what is enabled, one after another, so that first requests need not wait. Failures are logged. */
    void warmUp() {
        for (InstalledPlugin plugin : plugins.values()) {
            plugin.service().warmUp();
        }
    }

    void forget(EngineGate.Generation gone) {
        plugins.values().forEach(plugin -> plugin.service().forget(gone));
    }

    /** Takes all services back and waits, at most this long in all, for the calls in flight. */
    void stop(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        List<ServedRelease> last = plugins.values().stream()
                .map(InstalledPlugin::stop)
                .flatMap(Optional::stream)
                .toList();
        last.forEach(release -> release.awaitRetired(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
}
