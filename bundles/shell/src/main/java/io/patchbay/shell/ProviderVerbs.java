// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The verbs that look at providers: {@code providers}, {@code bindings}. */
final class ProviderVerbs {
    private static final String NOTHING = "-";
    private static final String EVERYBODY = "(default)";
    private static final int STORE_DIGITS = 8;
    private static final int NAMES = 3;

    private final ProviderAdmin providers;
    private final PluginAdmin plugins;

    ProviderVerbs(ProviderAdmin providers, PluginAdmin plugins) {
        this.providers = providers;
        this.plugins = plugins;
    }

    VerbResult providers(VerbCall call, VerbStream stream) throws AdminException {
        providers.awaitProviders();
        JsonArray array = new JsonArray();
        Columns lines = new Columns()
                .row(
                        "KIND",
                        "PROVIDER",
                        "STATE",
                        "HEALTH",
                        "RANKING",
                        "IN FLIGHT",
                        "CALLS",
                        "FAILED",
                        "STORE",
                        "DATA OF",
                        "");
        for (ProviderView view : providers.providers()) {
            lines.row(
                    view.kind(),
                    view.name(),
                    word(view.state()),
                    isThere(view) ? word(view.health().status()) : NOTHING,
                    view.explicit() ? "by binding" : String.valueOf(view.ranking()),
                    String.valueOf(view.leases()),
                    String.valueOf(view.calls()),
                    String.valueOf(view.failures()),
                    view.store()
                            .map(store -> store.substring(0, Math.min(STORE_DIGITS, store.length())))
                            .orElse(NOTHING),
                    names(view.owns()),
                    Troubles.detail(view));
            array.add(json(view));
        }
        JsonObject object = new JsonObject();
        object.add("providers", array);
        return VerbResult.done(array.isEmpty() ? "no slot is open" : lines.text(), Json.text(object));
    }

    private static boolean isThere(ProviderView view) {
        return view.state() != ProviderView.State.UNCONFIGURED && view.state() != ProviderView.State.WAITING;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** The plugins whose data a store has. */
    private static String names(List<String> plugins) {
        if (plugins.isEmpty()) {
            return NOTHING;
        }
        return plugins.size() <= NAMES ? String.join(", ", plugins) : plugins.size() + " plugins";
    }

    private static JsonObject json(ProviderView view) {
        JsonObject row = new JsonObject();
        row.addProperty("kind", view.kind());
        row.addProperty("name", view.name());
        row.addProperty("bundle", view.bundle());
        row.addProperty("pid", view.pid());
        row.addProperty("state", word(view.state()));
        row.addProperty("health", word(view.health().status()));
        row.addProperty("healthDetail", view.health().detail());
        row.addProperty("ranking", view.ranking());
        row.addProperty("explicit", view.explicit());
        view.store().ifPresent(store -> row.addProperty("store", store));
        row.add("owns", Json.strings(view.owns()));
        row.addProperty("inFlight", view.leases());
        row.addProperty("calls", view.calls());
        row.addProperty("failures", view.failures());
        row.addProperty("detail", view.detail());
        return row;
    }

    VerbResult bindings(VerbCall call, VerbStream stream) throws AdminException {
        providers.awaitProviders();
        Optional<String> plugin = call.argument(0);
        List<BindingView> views = plugin.isPresent() ? of(plugin.get()) : all();
        JsonArray array = new JsonArray();
        Columns lines = new Columns().row("PLUGIN", "KIND", "SERVES", "BOUND TO", "WHY");
        List<String> notes = new ArrayList<>();
        for (BindingView view : views) {
            lines.row(
                    view.pluginId().isEmpty() ? EVERYBODY : view.pluginId(),
                    view.kind(),
                    orNothing(view.provider()),
                    orNothing(view.wish()),
                    view.reason());
            if (view.pending()) {
                notes.add(Troubles.pending(view));
            }
            array.add(json(view));
        }
        JsonObject object = new JsonObject();
        object.addProperty("plugin", plugin.orElse(""));
        object.add("bindings", array);
        return new VerbResult(0, array.isEmpty() ? "no slot is open" : lines.text(), Json.text(object), notes);
    }

    private List<BindingView> of(String plugin) throws AdminException {
        return providers.bindings(
                new KnownPlugins(plugins).require(plugin).descriptor().id());
    }

    /** The defaults, then those in which an installed plugin differs from them. */
    private List<BindingView> all() throws AdminException {
        List<BindingView> views = new ArrayList<>(providers.bindings(""));
        Map<String, BindingView> defaults =
                views.stream().collect(Collectors.toMap(BindingView::kind, Function.identity()));
        for (PluginView plugin : plugins.plugins()) {
            for (BindingView own : providers.bindings(plugin.descriptor().id())) {
                BindingView other = defaults.get(own.kind());
                boolean differs = other == null
                        || !own.provider().equals(other.provider())
                        || !own.wish().equals(other.wish());
                if (differs || own.pending()) {
                    views.add(own);
                }
            }
        }
        return views;
    }

    private static JsonObject json(BindingView view) {
        JsonObject row = new JsonObject();
        row.addProperty("plugin", view.pluginId());
        row.addProperty("kind", view.kind());
        row.addProperty("provider", view.provider());
        row.addProperty("wish", view.wish());
        row.addProperty("pending", view.pending());
        row.addProperty("reason", view.reason());
        return row;
    }

    private static String orNothing(String text) {
        return text.isEmpty() ? NOTHING : text;
    }
}
