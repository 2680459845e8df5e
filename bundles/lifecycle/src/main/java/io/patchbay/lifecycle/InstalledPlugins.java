// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.InstallRequest;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.RequestAdmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;

/** All plugins of an open node, by id. Thread-safe. */
final class InstalledPlugins implements RequestAdmission {
    private final PluginHouse house;
    private final PluginInstaller installer;
    private final Map<String, InstalledPlugin> plugins = new ConcurrentSkipListMap<>();
    private final ReentrantLock arriving = new ReentrantLock();

    InstalledPlugins(PluginHouse house, Collection<PluginRecord> recorded) {
        this.house = house;
        this.installer = new PluginInstaller(house);
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
        return find(id).orElseThrow(() ->
                new AdminException(Problem.INPUT, "there is no plugin " + Texts.quoted(id) + " here" + known()));
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
        plugin.admit(request);
    }

    /**
     * Installs an artifact.
     *
     * @return the plugin, and whether anything changed
     */
    Installed install(Incoming incoming, InstallRequest request) throws AdminException {
        String id = incoming.descriptor().id();
        Optional<InstalledPlugin> known = find(id);
        if (known.isPresent()) {
            return upgrade(known.get(), incoming, request);
        }
        // Two first installs of one id wait for each other here; a compilation is rare enough for one lock.
        arriving.lock();
        try {
            known = find(id);
            return known.isPresent() ? upgrade(known.get(), incoming, request) : first(incoming, request);
        } finally {
            arriving.unlock();
        }
    }

    /** A plugin after an install. */
    record Installed(InstalledPlugin plugin, boolean changed) {}

    private Installed first(Incoming incoming, InstallRequest request) throws AdminException {
        List<InstalledPlugin> made = new ArrayList<>(1);
        installer.install(incoming, request, Optional.empty(), release -> {
            PluginRecord record = PluginRecord.first(release);
            InstalledPlugin plugin = new InstalledPlugin(house, record);
            plugin.change(before -> before, request.progress());
            made.add(plugin);
        });
        InstalledPlugin plugin = made.get(0);
        plugins.put(plugin.id(), plugin);
        plugin.tell("installed", describe(plugin.record().newest()));
        return new Installed(plugin, true);
    }

    private Installed upgrade(InstalledPlugin plugin, Incoming incoming, InstallRequest request) throws AdminException {
        boolean changed = plugin.exclusively(() -> {
            boolean done = installer.install(
                    incoming,
                    request,
                    Optional.of(plugin.record()),
                    release -> plugin.change(before -> before.withNewest(release), request.progress()));
            if (done && request.development()) {
                installer.tidy(plugin.record());
            }
            return done;
        });
        if (changed) {
            plugin.tell("upgraded", describe(plugin.record().newest()));
        }
        return new Installed(plugin, changed);
    }

    private static String describe(ReleaseRecord release) {
        return "version " + release.descriptor().version() + ", digest " + Texts.digest(release.digest());
    }

    /** Loads what is enabled, one after another, so that first requests need not wait. Failures are logged. */
    void warmUp() {
        for (InstalledPlugin plugin : plugins.values()) {
            plugin.warmUp();
        }
    }

    void forget(EngineGate.Generation gone) {
        plugins.values().forEach(plugin -> plugin.forget(gone));
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
