// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.LifecycleRequest;
import io.patchbay.admin.LifecycleRequest.ApplyPolicy;
import io.patchbay.admin.LifecycleRequest.ChangeInstallMode;
import io.patchbay.admin.LifecycleRequest.DeleteTenant;
import io.patchbay.admin.LifecycleRequest.Disable;
import io.patchbay.admin.LifecycleRequest.Enable;
import io.patchbay.admin.LifecycleRequest.Grant;
import io.patchbay.admin.LifecycleRequest.Grants;
import io.patchbay.admin.LifecycleRequest.Install;
import io.patchbay.admin.LifecycleRequest.Resume;
import io.patchbay.admin.LifecycleRequest.Revoke;
import io.patchbay.admin.LifecycleRequest.Rollback;
import io.patchbay.admin.LifecycleRequest.Suspend;
import io.patchbay.admin.LifecycleRequest.SwitchTenant;
import io.patchbay.admin.LifecycleRequest.Uninstall;
import io.patchbay.admin.LifecycleRequest.Upgrade;
import io.patchbay.admin.Topics;
import io.patchbay.lifecycle.Change.Changed;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Carries out every change in the life of plugins, or says what it would do. Thread-safe. */
final class PluginLife {
    private static final Pattern WORDS = Pattern.compile("(?<!^)([A-Z])");

    private final PluginHouse house;
    private final InstalledPlugins plugins;
    private final GrantDesk desk;
    private final Policies policies;
    private final Arrivals arrivals;
    private final Departures departures;
    private final TenantDesk tenants;

    PluginLife(PluginHouse house, InstalledPlugins plugins, Purges purges) {
        PluginInstaller installer = new PluginInstaller(house);
        this.house = house;
        this.plugins = plugins;
        this.desk = new GrantDesk(house.clock());
        this.policies = new Policies(house, plugins);
        this.arrivals = new Arrivals(house, plugins, installer, desk, policies, purges);
        this.departures = new Departures(house, plugins, installer, purges);
        this.tenants = new TenantDesk(plugins);
    }

    /**
     * What was done.
     *
     * @param pluginId the plugin; empty when all are concerned
     * @param turn the steps and notes
     */
    record Outcome(String pluginId, Turn turn) {}

    Outcome change(LifecycleRequest request, ChangeContext context) throws AdminException {
        Turn turn = new Turn(word(request), context);
        try {
            return new Outcome(carryOut(request, turn), turn);
        } catch (AdminException failure) {
            AdminException explained = turn.explained(failure);
            if (!context.dryRun()) {
                house.audit().record(turn.failed(pluginId(request), explained));
            }
            throw explained;
        }
    }

    /** The name of a wish in the audit trail: that of its record, as {@code change-install-mode}. */
    private static String word(LifecycleRequest request) {
        return WORDS.matcher(request.getClass().getSimpleName())
                .replaceAll("-$1")
                .toLowerCase(Locale.ROOT);
    }

    private static String pluginId(LifecycleRequest request) {
        return request.plugin().orElse("");
    }

    Policies policies() {
        return policies;
    }

    private String carryOut(LifecycleRequest request, Turn turn) throws AdminException {
        if (request instanceof Install install) {
            return arrivals.install(install, turn);
        }
        if (request instanceof Upgrade upgrade) {
            return arrivals.upgrade(upgrade, turn);
        }
        if (request instanceof Rollback rollback) {
            return arrivals.rollback(rollback, turn);
        }
        if (request instanceof Uninstall uninstall) {
            return departures.uninstall(uninstall, turn);
        }
        if (request instanceof DeleteTenant deletion) {
            return tenants.deleteTenant(deletion, turn);
        }
        if (request instanceof SwitchTenant tenant) {
            return tenants.switchTenant(tenant, turn);
        }
        if (request instanceof ChangeInstallMode mode) {
            return tenants.changeMode(mode, turn);
        }
        return switched(request, turn);
    }

    private String switched(LifecycleRequest request, Turn turn) throws AdminException {
        if (request instanceof Enable enable) {
            return enable(plugins.get(enable.pluginId()), turn);
        }
        if (request instanceof Disable disable) {
            return disable(plugins.get(disable.pluginId()), disable.force(), turn);
        }
        if (request instanceof Grant grant) {
            return grant(plugins.get(grant.pluginId()), grant, turn);
        }
        if (request instanceof Revoke revoke) {
            return revoke(plugins.get(revoke.pluginId()), revoke.grants(), turn);
        }
        if (request instanceof Suspend suspend) {
            return suspend(plugins.get(suspend.pluginId()), suspend.why(), turn);
        }
        if (request instanceof ApplyPolicy) {
            policies.applyToAll(turn);
            return "";
        }
        return suspend(plugins.get(((Resume) request).pluginId()), "", turn);
    }

    private String enable(InstalledPlugin plugin, Turn turn) throws AdminException {
        return plugin.exclusively(() -> {
            PluginRecord now = plugin.record();
            if (now.enabled()) {
                turn.note("plugin " + plugin.id() + " is enabled already");
                return plugin.id();
            }
            plugin.change(
                    before -> Changed.to(
                            before.switched(true, ""),
                            "switch it on"
                                    + before.serving()
                                            .map(release -> ": " + release.named() + " serves")
                                            .orElse("")),
                    turn);
            tell(plugin, "enabled", "by " + turn.actor(), turn);
            return plugin.id();
        });
    }

    private String disable(InstalledPlugin plugin, boolean force, Turn turn) throws AdminException {
        return plugin.exclusively(() -> {
            if (plugin.record().activation() == Activation.DISABLED) {
                turn.note("plugin " + plugin.id() + " is disabled already");
                return plugin.id();
            }
            Change change = before -> Changed.to(
                    before.switched(false, "by " + turn.actor()), "switch it off; running requests are answered");
            if (!plugin.record().enabled()) {
                plugin.change(change, turn);
            } else {
                try (BorrowedCode code = plugin.code()) {
                    Callbacks callbacks = code.callbacks();
                    if (force) {
                        callbacks.askInVain(LifecycleOperation.BEFORE_DISABLE, CallbackFacts.NONE, turn);
                    } else {
                        callbacks.ask(LifecycleOperation.BEFORE_DISABLE, CallbackFacts.NONE, turn);
                    }
                    plugin.change(change, turn);
                    callbacks.tell(LifecycleOperation.AFTER_DISABLE, CallbackFacts.NONE, turn);
                }
            }
            tell(plugin, "disabled", "by " + turn.actor(), turn);
            return plugin.id();
        });
    }

    private String grant(InstalledPlugin plugin, Grant request, Turn turn) throws AdminException {
        plugin.change(before -> desk.grant(before, request.grants(), request.whole(), turn.actor()), turn);
        tell(plugin, "granted", request.grants(), request.whole() ? " (the rest refused)" : "", turn);
        return plugin.id();
    }

    private String revoke(InstalledPlugin plugin, Grants grants, Turn turn) throws AdminException {
        plugin.change(before -> desk.revoke(before, grants, turn.actor()), turn);
        tell(plugin, "revoked", grants, "", turn);
        return plugin.id();
    }

    private String suspend(InstalledPlugin plugin, String why, Turn turn) throws AdminException {
        if (plugin.service().suspendedWhy().equals(why)) {
            turn.note("plugin " + plugin.id() + (why.isEmpty() ? " is not suspended" : " is suspended already"));
            return plugin.id();
        }
        turn.take(why.isEmpty() ? "serve it again" : "do not serve it for now", () -> plugin.suspend(why));
        tell(plugin, why.isEmpty() ? "resumed" : "suspended", why, turn);
        return plugin.id();
    }

    private static void tell(InstalledPlugin plugin, String what, String detail, Turn turn) {
        if (!turn.rehearsed()) {
            plugin.tell(what, detail);
        }
    }

    private void tell(InstalledPlugin plugin, String what, Grants grants, String rest, Turn turn) {
        if (turn.rehearsed()) {
            return;
        }
        String which = grants.all() ? "all" : String.join(", ", new TreeSet<>(grants.methods()));
        house.events()
                .post(
                        Topics.GRANT,
                        Map.of(
                                Topics.PLUGIN_ID,
                                plugin.id(),
                                Topics.WHAT,
                                what,
                                Topics.DETAIL,
                                which + rest + " by " + turn.actor()));
    }
}
