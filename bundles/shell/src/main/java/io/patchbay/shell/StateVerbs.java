// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.StateAdmin;
import io.patchbay.admin.StatePage;
import io.patchbay.admin.StateQuery;
import io.patchbay.admin.StateScopeView;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The family {@code state}: what plugins keep. Keys and values are a plugin's: escaped for people, exact for programs. */
final class StateVerbs {
    private static final int DEFAULT_LIMIT = 100;
    private static final int SHOWN = 60;
    private static final int QUOTED = 64;

    private final StateAdmin state;
    private final ProviderAdmin providers;

    StateVerbs(StateAdmin state, ProviderAdmin providers) {
        this.state = state;
        this.providers = providers;
    }

    VerbResult usage(VerbCall call, VerbStream stream) throws AdminException {
        Optional<String> plugin = call.argument(0);
        JsonArray array = new JsonArray();
        Columns lines = new Columns().row("PLUGIN", "TENANT", "KEYS", "BYTES", "AT MOST", "");
        List<StateScopeView> scopes = state.usage(plugin);
        for (StateScopeView scope : scopes) {
            boolean read = scope.tenantId().isPresent();
            lines.row(
                    scope.pluginId(),
                    read ? String.valueOf(scope.tenantId().getAsInt()) : "-",
                    read ? String.valueOf(scope.keys()) : "-",
                    read ? Quantity.bytes(scope.bytes()) : "-",
                    Quantity.count(scope.maxKeys(), "key") + ", " + Quantity.bytes(scope.maxBytes()),
                    scope.detail());
            array.add(json(scope));
        }
        JsonObject object = new JsonObject();
        object.add("usage", array);
        String none = plugin.map(id -> "plugin '" + id + "' keeps no state").orElse("no plugin keeps state");
        return VerbResult.done(scopes.isEmpty() ? none : lines.text(), Json.text(object));
    }

    private static JsonObject json(StateScopeView scope) {
        JsonObject object = new JsonObject();
        object.addProperty("plugin", scope.pluginId());
        scope.tenantId().ifPresent(tenant -> object.addProperty("tenant", tenant));
        object.addProperty("keys", scope.keys());
        object.addProperty("bytes", scope.bytes());
        object.addProperty("maxKeys", scope.maxKeys());
        object.addProperty("maxBytes", scope.maxBytes());
        object.addProperty("detail", scope.detail());
        return object;
    }

    VerbResult list(VerbCall call, VerbStream stream) throws AdminException {
        String plugin = call.argument(0).orElseThrow();
        int tenant = tenant(call);
        String prefix = call.value("--prefix").orElse("");
        int limit = WholeNumber.of(call, "--limit", DEFAULT_LIMIT, 1, StateQuery.MAX_LIMIT);
        requireServed(plugin);
        StatePage page = state.list(new StateQuery(plugin, tenant, prefix, call.value("--after"), limit));

        JsonArray entries = new JsonArray();
        Columns lines = new Columns().row("KEY", "BYTES", "VALUE");
        for (StateEntry entry : page.entries()) {
            int bytes = entry.value().getBytes(StandardCharsets.UTF_8).length;
            lines.row(Visible.of(entry.key()), String.valueOf(bytes), Visible.of(entry.value(), SHOWN));
            JsonObject one = new JsonObject();
            one.addProperty("key", entry.key());
            one.addProperty("value", entry.value());
            entries.add(one);
        }
        JsonObject object = scope(plugin, tenant);
        object.add("entries", entries);
        object.addProperty("more", page.more());
        String where = " of plugin '" + plugin + "', tenant " + tenant;
        String text = page.entries().isEmpty()
                ? "no key" + (prefix.isEmpty() && call.value("--after").isEmpty() ? "" : " like that") + where
                : lines.text();
        return new VerbResult(0, text, Json.text(object), more(page));
    }

    private static List<String> more(StatePage page) {
        if (!page.more()) {
            return List.of();
        }
        String last = page.entries().get(page.entries().size() - 1).key();
        return List.of("there are more; go on with --after '" + Visible.of(last) + "'");
    }

    VerbResult get(VerbCall call, VerbStream stream) throws AdminException {
        String plugin = call.argument(0).orElseThrow();
        String key = call.argument(1).orElseThrow();
        int tenant = tenant(call);
        requireServed(plugin);
        String value = state.get(plugin, tenant, key)
                .orElseThrow(() -> new AdminException(
                        Problem.INPUT,
                        "plugin '" + plugin + "' has no key '" + Visible.of(key, QUOTED) + "' for tenant " + tenant
                                + "; 'state list " + plugin + "' lists the keys"));
        JsonObject object = scope(plugin, tenant);
        object.addProperty("key", key);
        object.addProperty("value", value);
        return VerbResult.done(Visible.of(value), Json.text(object));
    }

    private static JsonObject scope(String plugin, int tenant) {
        JsonObject object = new JsonObject();
        object.addProperty("plugin", plugin);
        object.addProperty("tenant", tenant);
        return object;
    }

    /** What a failed provider said is worth more than that nothing serves; an unknown plugin is refused by who knows. */
    private void requireServed(String plugin) throws AdminException {
        providers.requireServed(plugin, List.of(StateProvider.KIND));
    }

    private static int tenant(VerbCall call) throws AdminException {
        return WholeNumber.of(call, "--tenant", 0, 0, Integer.MAX_VALUE);
    }
}
