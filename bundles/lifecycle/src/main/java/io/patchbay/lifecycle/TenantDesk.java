// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.InstallMode;
import io.patchbay.admin.LifecycleRequest.ChangeInstallMode;
import io.patchbay.admin.LifecycleRequest.DeleteTenant;
import io.patchbay.admin.LifecycleRequest.SwitchTenant;
import io.patchbay.lifecycle.Change.Changed;
import io.patchbay.port.PluginDescriptor;

/** Says for which tenants plugins are there, and asks and tells those that want to know (contract D19). Thread-safe. */
final class TenantDesk {
    private static final String PLATFORM_ONLY = "platform_only";

    private final InstalledPlugins plugins;

    TenantDesk(InstalledPlugins plugins) {
        this.plugins = plugins;
    }

    /** Switches a plugin on or off for a tenant; gives the plugin's id. */
    String switchTenant(SwitchTenant request, Turn turn) throws AdminException {
        refuseNoTenant(request.tenantId());
        InstalledPlugin plugin = plugins.get(request.pluginId());
        plugin.exclusively(() -> {
            refuseWithoutTenants(plugin);
            boolean on = request.enabled();
            int tenant = request.tenantId();
            Boolean now = plugin.record().tenancy().tenants().get(tenant);
            if (now != null && now == on) {
                turn.note("plugin " + plugin.id() + " is switched " + word(on) + " for tenant " + tenant + " already");
                return false;
            }
            String what = "switch it " + word(on) + " for tenant " + tenant;
            Change change =
                    before -> Changed.to(before.withTenancy(before.tenancy().with(tenant, on)), what);
            if (on) {
                plugin.change(change, turn);
            } else {
                surrounded(
                        plugin,
                        LifecycleOperation.BEFORE_TENANT_DISABLE,
                        LifecycleOperation.AFTER_TENANT_DISABLE,
                        CallbackFacts.ofTenant(tenant),
                        change,
                        turn);
            }
            tell(plugin, "tenant-switched", word(on) + " for tenant " + tenant, turn);
            return true;
        });
        return plugin.id();
    }

    /** A tenant is deleted: all are asked first, then it is forgotten, then all are told. */
    String deleteTenant(DeleteTenant request, Turn turn) throws AdminException {
        int tenant = request.tenantId();
        refuseNoTenant(tenant);
        CallbackFacts facts = CallbackFacts.ofTenant(tenant);
        for (InstalledPlugin plugin : plugins.all()) {
            plugin.exclusively(() -> {
                if (plugin.record().enabled()) {
                    try (BorrowedCode code = plugin.code()) {
                        code.callbacks().ask(LifecycleOperation.BEFORE_TENANT_DELETE, facts, turn);
                    }
                }
                return true;
            });
        }
        for (InstalledPlugin plugin : plugins.all()) {
            plugin.exclusively(() -> {
                if (plugin.record().tenancy().tenants().containsKey(tenant)) {
                    plugin.change(
                            before -> Changed.to(
                                    before.withTenancy(before.tenancy().without(tenant)),
                                    "forget tenant " + tenant + " of plugin " + plugin.id()),
                            turn);
                }
                if (plugin.record().enabled()) {
                    try (BorrowedCode code = plugin.code()) {
                        code.callbacks().tell(LifecycleOperation.AFTER_TENANT_DELETE, facts, turn);
                    }
                }
                tell(plugin, "tenant-deleted", "tenant " + tenant, turn);
                return true;
            });
        }
        return "";
    }

    /** Changes the install mode; gives the plugin's id. */
    String changeMode(ChangeInstallMode request, Turn turn) throws AdminException {
        InstalledPlugin plugin = plugins.get(request.pluginId());
        plugin.exclusively(() -> {
            InstallMode from = plugin.record().tenancy().mode();
            InstallMode to = request.mode();
            if (from == to) {
                turn.note("plugin " + plugin.id() + " is " + to.word() + " already");
                return false;
            }
            if (to == InstallMode.TENANT_SCOPED) {
                refuseWithoutTenants(plugin);
            }
            surrounded(
                    plugin,
                    LifecycleOperation.BEFORE_INSTALL_MODE_CHANGE,
                    LifecycleOperation.AFTER_INSTALL_MODE_CHANGE,
                    CallbackFacts.ofMode(from.word(), to.word()),
                    before -> Changed.to(
                            before.withTenancy(before.tenancy().in(to)),
                            "change the install mode from " + from.word() + " to " + to.word()),
                    turn);
            tell(plugin, "mode-changed", from.word() + " to " + to.word(), turn);
            return true;
        });
        return plugin.id();
    }

    /** A change with the callbacks before and after it; a plugin that is switched off is not called. */
    private static void surrounded(
            InstalledPlugin plugin,
            LifecycleOperation before,
            LifecycleOperation after,
            CallbackFacts facts,
            Change change,
            Turn turn)
            throws AdminException {
        if (!plugin.record().enabled()) {
            plugin.change(change, turn);
            return;
        }
        try (BorrowedCode code = plugin.code()) {
            code.callbacks().ask(before, facts, turn);
            plugin.change(change, turn);
            code.callbacks().tell(after, facts, turn);
        }
    }

    private static void tell(InstalledPlugin plugin, String what, String detail, Turn turn) {
        if (!turn.rehearsed()) {
            plugin.tell(what, detail + " by " + turn.actor());
        }
    }

    private static String word(boolean on) {
        return on ? "on" : "off";
    }

    private static void refuseNoTenant(int tenantId) throws AdminException {
        if (tenantId <= 0) {
            throw new AdminException(Problem.INPUT, tenantId + " is no tenant: a tenant's number is above 0");
        }
    }

    /** Contract 5.1: what supports no tenants, or is the platform's alone, is global for ever. */
    private static void refuseWithoutTenants(InstalledPlugin plugin) throws AdminException {
        PluginDescriptor descriptor = plugin.record().current().descriptor();
        if (!descriptor.supportsMultiTenant() || descriptor.scopeNature().equals(PLATFORM_ONLY)) {
            throw new AdminException(
                    Problem.REFUSED,
                    "plugin " + Texts.quoted(plugin.id())
                            + " does not tell tenants apart: it is there for all of them");
        }
    }
}
