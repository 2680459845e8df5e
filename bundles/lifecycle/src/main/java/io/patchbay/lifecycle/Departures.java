// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.LifecycleRequest.Uninstall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets plugins leave, with or without what they stored (contract D8). Thread-safe. */
final class Departures {
    private final PluginHouse house;
    private final InstalledPlugins plugins;
    private final PluginInstaller installer;
    private final Purges purges;

    Departures(PluginHouse house, InstalledPlugins plugins, PluginInstaller installer, Purges purges) {
        this.house = house;
        this.plugins = plugins;
        this.installer = installer;
        this.purges = purges;
    }

    /** Uninstalls; gives the plugin's id. */
    String uninstall(Uninstall request, Turn turn) throws AdminException {
        Optional<InstalledPlugin> found = plugins.find(request.pluginId());
        if (found.isEmpty()) {
            purgeLeft(request, turn);
            return request.pluginId();
        }
        InstalledPlugin plugin = found.get();
        plugin.exclusively(() -> {
            leave(plugin, request, turn);
            return true;
        });
        if (request.purge() && !turn.rehearsed()) {
            finishPurge(plugin.id(), turn);
        }
        return plugin.id();
    }

    private void leave(InstalledPlugin plugin, Uninstall request, Turn turn) throws AdminException {
        List<String> lines = new ArrayList<>();
        List<ReleaseRecord> releases = house.releases(plugin.id());
        lines.add("remove the plugin, its " + releases.size() + (releases.size() == 1 ? " release" : " releases")
                + ", grants and settings");
        lines.addAll(request.purge() ? purges.plan(plugin.id()) : kept(plugin.id()));
        CallbackFacts facts = CallbackFacts.ofUninstall(request.purge());
        try (BorrowedCode code = plugin.code()) {
            Callbacks callbacks = code.callbacks();
            ask(callbacks, LifecycleOperation.BEFORE_UNINSTALL, facts, request.force(), turn);
            if (request.purge()) {
                ask(callbacks, LifecycleOperation.UNINSTALL, facts, request.force(), turn);
            }
            turn.take(Phase.RELEASE_SWITCH, lines, () -> remove(plugin, request.purge(), turn));
            callbacks.tell(LifecycleOperation.AFTER_UNINSTALL, facts, turn);
        }
        if (!turn.rehearsed()) {
            releases.forEach(release -> installer.drop(new PluginRows.ReleaseKey(release.digest(), release.archive())));
            // Last, so that who installs the same artifact anew waits until its files are gone.
            plugins.remove(plugin);
        }
    }

    private static void ask(
            Callbacks callbacks, LifecycleOperation operation, CallbackFacts facts, boolean force, Turn turn)
            throws AdminException {
        if (force) {
            callbacks.askInVain(operation, facts, turn);
        } else {
            callbacks.ask(operation, facts, turn);
        }
    }

    private List<String> kept(String pluginId) throws AdminException {
        return purges.leftAnything(pluginId)
                ? List.of("keep its state: a plugin of this id that is installed later finds it")
                : List.of();
    }

    private void remove(InstalledPlugin plugin, boolean purge, Turn turn) throws AdminException {
        Optional<PurgeRecord> purging = purge ? Optional.of(purgeOf(plugin.id(), turn)) : Optional.empty();
        Optional<ServedRelease> last = plugin.leave(() -> {
            try {
                house.audit()
                        .commit(
                                turn.done(plugin.id(), plugin.record().current().digest()),
                                line -> house.registry().remove(plugin.id(), purging, line));
                return true;
            } catch (RegistryException failure) {
                throw Refusals.of(failure);
            }
        });
        purging.ifPresent(decided -> purges.decided(decided, last));
        plugin.tell("uninstalled", "by " + turn.actor() + (purge ? ", with its state" : ", its state stays"));
    }

    private PurgeRecord purgeOf(String pluginId, Turn turn) {
        return new PurgeRecord(pluginId, turn.actor(), house.clock().instant().toString());
    }

    /** What a plugin left that was uninstalled without a purge. */
    private void purgeLeft(Uninstall request, Turn turn) throws AdminException {
        String id = request.pluginId();
        if (!request.purge() || !purges.leftAnything(id)) {
            throw plugins.unknown(id);
        }
        if (!purges.isPending(id)) {
            List<String> lines = purges.plan(id);
            turn.take(Phase.RELEASE_SWITCH, lines, () -> purges.decide(purgeOf(id, turn), turn));
        }
        if (!turn.rehearsed()) {
            finishPurge(id, turn);
        }
    }

    private void finishPurge(String pluginId, Turn turn) {
        purges.finish(pluginId)
                .ifPresent(why -> turn.note("its state is not removed yet: " + why
                        + "; that goes on by itself, and until then no plugin of this id is installed"));
    }
}
