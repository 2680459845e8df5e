// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.JsonWriter;
import io.patchbay.port.PluginDescriptor;
import java.util.Map;
import java.util.Optional;

/**
 * What a callback is told (contract 8.3).
 *
 * @param from the release before; empty unless it is about an upgrade
 * @param to the release after; empty unless it is about an upgrade
 * @param tenantId the tenant, 0 when it is about none
 * @param fromMode the install mode before; empty when it is about none
 * @param toMode the install mode after; empty when it is about none
 * @param purge whether the state goes too
 */
record CallbackFacts(
        Optional<PluginDescriptor> from,
        Optional<PluginDescriptor> to,
        int tenantId,
        String fromMode,
        String toMode,
        boolean purge) {
    /** Nothing but the operation. */
    static final CallbackFacts NONE = new CallbackFacts(Optional.empty(), Optional.empty(), 0, "", "", false);

    static CallbackFacts ofUpgrade(PluginDescriptor from, PluginDescriptor to) {
        return new CallbackFacts(Optional.of(from), Optional.of(to), 0, "", "", false);
    }

    static CallbackFacts ofTenant(int tenantId) {
        return new CallbackFacts(Optional.empty(), Optional.empty(), tenantId, "", "", false);
    }

    static CallbackFacts ofMode(String from, String to) {
        return new CallbackFacts(Optional.empty(), Optional.empty(), 0, from, to, false);
    }

    static CallbackFacts ofUninstall(boolean purge) {
        return new CallbackFacts(Optional.empty(), Optional.empty(), 0, "", "", purge);
    }

    /** The body: keys in the order of the contract, those without a value left out but for the first two. */
    byte[] body(String pluginId, LifecycleOperation operation) {
        FieldWriter out = new FieldWriter();
        JsonWriter json = new JsonWriter(out).beginObject();
        json.name("pluginId").string(pluginId);
        json.name("operation").string(operation.word());
        text(json, "fromVersion", from.map(PluginDescriptor::version).orElse(""));
        text(json, "toVersion", to.map(PluginDescriptor::version).orElse(""));
        if (tenantId != 0) {
            json.name("tenantId").number(tenantId);
        }
        text(json, "fromMode", fromMode);
        text(json, "toMode", toMode);
        if (purge) {
            json.name("purgeStorageData").bool(true);
        }
        from.ifPresent(manifest -> manifest(json.name("fromManifest"), manifest));
        to.ifPresent(manifest -> manifest(json.name("toManifest"), manifest));
        json.endObject();
        return out.toByteArray();
    }

    private static void text(JsonWriter json, String name, String value) {
        if (!value.isEmpty()) {
            json.name(name).string(value);
        }
    }

    private static void manifest(JsonWriter json, PluginDescriptor plugin) {
        json.beginObject();
        json.name("id").string(plugin.id());
        json.name("name").string(plugin.name());
        json.name("version").string(plugin.version());
        json.name("type").string("dynamic");
        json.name("distribution").string("managed");
        json.name("scopeNature").string(plugin.scopeNature());
        json.name("supportsMultiTenant").bool(plugin.supportsMultiTenant());
        json.name("defaultInstallMode").string(plugin.defaultInstallMode());
        json.name("description").string(plugin.description());
        Map<String, Integer> items = plugin.unusedItems();
        json.name("installSqlCount").number(items.getOrDefault("lina.plugin.install.sql", 0));
        json.name("uninstallSqlCount").number(items.getOrDefault("lina.plugin.uninstall.sql", 0));
        json.name("mockSqlCount").number(items.getOrDefault("lina.plugin.mock.sql", 0));
        json.name("menuCount").number(items.getOrDefault("menus", 0));
        json.name("backendHookCount").number(items.getOrDefault("lina.plugin.backend.hooks", 0));
        json.name("resourceSpecCount").number(items.getOrDefault("lina.plugin.backend.resources", 0));
        json.name("hostServiceAuthRequired").bool(asksForResources(plugin));
        json.endObject();
    }

    /** Contract 6: whether anything is requested that names a resource. */
    private static boolean asksForResources(PluginDescriptor plugin) {
        return plugin.hostServices().stream()
                .anyMatch(service -> !service.paths().isEmpty()
                        || !service.tables().isEmpty()
                        || !service.keys().isEmpty()
                        || !service.resources().isEmpty());
    }
}
