// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.LifecycleRequest.Grants;
import io.patchbay.admin.LifecycleRequest.Install;
import io.patchbay.admin.LifecycleRequest.Rollback;
import io.patchbay.admin.LifecycleRequest.Upgrade;
import io.patchbay.lifecycle.Change.Changed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Brings releases in, goes on to them and back (DESIGN 7). Thread-safe. */
final class Arrivals {
    private final PluginHouse house;
    private final InstalledPlugins plugins;
    private final PluginInstaller installer;
    private final GrantDesk desk;
    private final Policies policies;
    private final Purges purges;

    /** Two first installs of one id wait for each other here; a compilation is rare enough for one lock. */
    private final ReentrantLock arriving = new ReentrantLock();

    Arrivals(
            PluginHouse house,
            InstalledPlugins plugins,
            PluginInstaller installer,
            GrantDesk desk,
            Policies policies,
            Purges purges) {
        this.house = house;
        this.plugins = plugins;
        this.installer = installer;
        this.desk = desk;
        this.policies = policies;
        this.purges = purges;
    }

    /** A release that an operator offers. */
    private record Offer(Incoming incoming, boolean development, Optional<Grants> grants) {
        String id() {
            return incoming.descriptor().id();
        }
    }

    /** Installs; gives the plugin's id. */
    String install(Install request, Turn turn) throws AdminException {
        Offer offer = offer(request.source(), request.development(), request.grants(), turn);
        while (true) {
            Optional<InstalledPlugin> known = plugins.find(offer.id());
            if (known.isPresent()) {
                if (another(known.get(), offer, turn)) {
                    return offer.id();
                }
                continue; // it was uninstalled meanwhile
            }
            arriving.lock();
            try {
                if (plugins.find(offer.id()).isEmpty()) {
                    first(offer, request.enable(), turn);
                    return offer.id();
                }
            } finally {
                arriving.unlock();
            }
        }
    }

    private Offer offer(Path source, boolean development, Optional<Grants> grants, Turn turn) throws AdminException {
        Offer offer = new Offer(house.intake().read(source), development, grants);
        turn.concerns(offer.id(), offer.incoming().digest());
        if (grants.isPresent()) {
            GrantDesk.named(offer.incoming().descriptor(), grants.get());
        }
        return offer;
    }

    private void first(Offer offer, boolean enable, Turn turn) throws AdminException {
        purges.refusePending(offer.id());
        installer.install(offer.incoming(), offer.development(), Optional.empty(), turn, release -> {
            InstalledPlugin plugin = new InstalledPlugin(house, PluginRecord.first(release, turn.wayIn(), enable));
            // Before any grant, with none (contract D20).
            try (BorrowedCode code =
                    BorrowedCode.of(house, null, release, Consent.of(release.descriptor(), Map.of()))) {
                code.callbacks().ask(LifecycleOperation.BEFORE_INSTALL, CallbackFacts.NONE, turn);
            }
            plugin.change(
                    before -> decided(
                            before,
                            "install " + release.named() + (enable ? ", switched on" : ", not switched on"),
                            offer.grants(),
                            turn),
                    turn);
            if (!turn.rehearsed()) {
                plugins.add(plugin);
                plugin.tell("installed", release.named());
            }
            try (BorrowedCode code = plugin.code()) {
                code.callbacks().tell(LifecycleOperation.AFTER_INSTALL, CallbackFacts.NONE, turn);
            }
        });
    }

    /** Installs another release; false when the plugin is gone. */
    private boolean another(InstalledPlugin plugin, Offer offer, Turn turn) throws AdminException {
        try {
            plugin.exclusively(() -> another(plugin, offer, turn, false));
            return true;
        } catch (AdminException failure) {
            if (plugin.service().gone()) {
                return false;
            }
            throw failure;
        }
    }

    private boolean another(InstalledPlugin plugin, Offer offer, Turn turn, boolean mustServe) throws AdminException {
        WaysIn.refuseSecond(plugin.id(), plugin.record().wayIn(), turn.wayIn());
        Optional<ReleaseRecord> known = choice(plugin).find(offer.incoming().digest());
        boolean other = installer.install(
                offer.incoming(), offer.development(), Optional.of(plugin.record()), turn, release -> {
                    ReleaseRecord next = known.map(earlier -> release.served(earlier.servedSince()))
                            .orElse(release);
                    goOn(plugin, next, offer.grants(), mustServe, turn);
                });
        if (!other) {
            turn.note("already installed: the same artifact");
            if (offer.grants().isPresent() || (mustServe && plugin.record().pending())) {
                goOn(plugin, plugin.record().newest(), offer.grants(), mustServe, turn);
            }
        } else if (offer.development() && !turn.rehearsed()) {
            installer.tidy(plugin.record());
        }
        return true;
    }

    /** Goes on to a release that is archived; what it was granted before, it gets back. */
    private void goOn(InstalledPlugin plugin, ReleaseRecord next, Optional<Grants> grants, boolean mustServe, Turn turn)
            throws AdminException {
        boolean isNewest = plugin.record().newest().digest().equals(next.digest());
        plugin.change(
                before -> {
                    PluginRecord with =
                            isNewest ? before : before.withNewest(next).withDecisions(recorded(plugin.id(), next));
                    Changed changed = decided(with, isNewest ? "" : "record " + next.named(), grants, turn);
                    if (mustServe) {
                        refuseUndecided(changed.after());
                    }
                    return changed;
                },
                turn);
        if (!turn.rehearsed()) {
            plugin.tell(plugin.record().pending() ? "waiting" : "upgraded", next.named());
        }
    }

    private static void refuseUndecided(PluginRecord record) throws AdminException {
        List<MethodKey> undecided =
                Consent.of(record.newest().descriptor(), record.decisions()).undecided();
        if (!undecided.isEmpty()) {
            List<String> names = undecided.stream().map(MethodKey::name).toList();
            throw new AdminException(
                    Problem.CONSENT_NEEDED,
                    record.newest().named() + " of plugin " + Texts.quoted(record.id()) + " needs a decision on "
                            + String.join(", ", names) + "; nothing was changed",
                    names);
        }
    }

    private Map<MethodKey, Decision> recorded(String pluginId, ReleaseRecord release) throws AdminException {
        try {
            return house.registry().decisions(pluginId, release.digest());
        } catch (RegistryException failure) {
            throw Refusals.of(failure);
        }
    }

    /** A record with what is decided along with it. */
    private Changed decided(PluginRecord record, String what, Optional<Grants> grants, Turn turn)
            throws AdminException {
        List<String> lines = new ArrayList<>();
        if (!what.isEmpty()) {
            lines.add(what);
        }
        if (grants.isEmpty()) {
            PluginRecord after = policies.apply(record, lines, turn);
            return new Changed(after, lines, Registry::save);
        }
        Changed granted = desk.grant(record, grants.get(), true, turn.actor());
        lines.addAll(granted.what());
        return new Changed(granted.after(), lines, Registry::save);
    }

    private ReleaseChoice choice(InstalledPlugin plugin) throws AdminException {
        return new ReleaseChoice(plugin.record(), house.releases(plugin.id()));
    }

    /** Upgrades; gives the plugin's id. */
    String upgrade(Upgrade request, Turn turn) throws AdminException {
        InstalledPlugin plugin = plugins.get(request.pluginId());
        if (request.source().isPresent()) {
            Offer offer = offer(request.source().get(), false, request.grants(), turn);
            if (!offer.id().equals(plugin.id())) {
                throw new AdminException(
                        Problem.INPUT,
                        Texts.quoted(request.source().get()) + " is plugin " + Texts.quoted(offer.id()) + ", not "
                                + Texts.quoted(plugin.id()));
            }
            plugin.exclusively(() -> another(plugin, offer, turn, true));
            return plugin.id();
        }
        plugin.exclusively(() -> {
            Optional<ReleaseRecord> next = choice(plugin).on();
            if (next.isEmpty()) {
                turn.note("nothing to upgrade to: " + plugin.record().newest().named()
                        + " is the highest that is installed, and it serves");
                return false;
            }
            if (request.grants().isPresent()) {
                GrantDesk.named(next.get().descriptor(), request.grants().get());
            }
            goOn(plugin, next.get(), request.grants(), true, turn);
            return true;
        });
        return plugin.id();
    }

    /** Goes back; gives the plugin's id. */
    String rollback(Rollback request, Turn turn) throws AdminException {
        InstalledPlugin plugin = plugins.get(request.pluginId());
        plugin.exclusively(() -> {
            ReleaseRecord target = choice(plugin).back(request.digest());
            if (plugin.record().serving().map(ReleaseRecord::digest).equals(Optional.of(target.digest()))) {
                turn.note(target.named() + " serves already");
                return false;
            }
            plugin.goBack(
                    before -> {
                        PluginRecord after = before.withNewest(target).withDecisions(recorded(plugin.id(), target));
                        refuseUndecided(after);
                        return Changed.to(after, "go back to " + target.named() + " with the grants that it had");
                    },
                    turn);
            if (!turn.rehearsed()) {
                plugin.tell("rolled-back", target.named());
            }
            return true;
        });
        return plugin.id();
    }
}
