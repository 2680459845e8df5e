// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArrivalView;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code status}: what runs, where everything is, and what waits for somebody. */
final class StatusVerb implements VerbHandler {
    private final NodeAdmin node;
    private final PluginAdmin plugins;
    private final ProviderAdmin providers;
    private final Surroundings surroundings;
    private final Supplier<List<ArrivalView>> arrivals;

    /** @param arrivals what the watched directory and bundles bring; empty where neither is looked at */
    StatusVerb(
            NodeAdmin node,
            PluginAdmin plugins,
            ProviderAdmin providers,
            Surroundings surroundings,
            Supplier<List<ArrivalView>> arrivals) {
        this.node = node;
        this.plugins = plugins;
        this.providers = providers;
        this.surroundings = surroundings;
        this.arrivals = arrivals;
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
        Path data = node.open();
        long pid = ProcessHandle.current().pid();
        List<PluginView> installed = plugins.plugins();
        providers.awaitProviders();

        Columns lines = new Columns();
        lines.row("pid", String.valueOf(pid));
        lines.row("data", data.toString());
        lines.row("configuration", data.resolve("etc").toString());
        if (surroundings.takeBundlesFromTheDataFolder()) {
            lines.row("bundles", data.resolve("bundles").toString());
        }
        JsonObject object = new JsonObject();
        object.addProperty("pid", pid);
        object.addProperty("data", data.toString());
        object.add("providers", providers(lines));
        object.add("plugins", plugins(lines, installed));
        object.add("troubles", list(lines, "trouble", troubles()));
        object.add("pending", list(lines, "pending", pending(installed)));
        object.add("unfinishedMoves", list(lines, "moves", unfinished()));
        return VerbResult.done(lines.text(), Json.text(object));
    }

    private JsonArray providers(Columns lines) {
        JsonArray kinds = new JsonArray();
        for (BindingView binding : providers.bindings("")) {
            lines.row(binding.kind(), binding.provider().isEmpty() ? "nothing serves" : binding.provider());
            JsonObject kind = new JsonObject();
            kind.addProperty("kind", binding.kind());
            kind.addProperty("provider", binding.provider());
            kinds.add(kind);
        }
        return kinds;
    }

    private static JsonArray plugins(Columns lines, List<PluginView> installed) {
        lines.row("plugins", installed.isEmpty() ? "none" : "");
        JsonArray array = new JsonArray();
        for (PluginView plugin : installed) {
            String state = plugin.state().name().toLowerCase(Locale.ROOT);
            List<String> undecided =
                    plugin.undecided().stream().map(RequestedMethod::name).toList();
            lines.row(
                    "",
                    plugin.descriptor().id() + " " + plugin.descriptor().version() + " " + state
                            + (undecided.isEmpty() ? "" : ", waits for consent: " + String.join(", ", undecided)));
            JsonObject one = new JsonObject();
            one.addProperty("id", plugin.descriptor().id());
            one.addProperty("version", plugin.descriptor().version());
            one.addProperty("state", state);
            one.add("undecided", Json.strings(undecided));
            array.add(one);
        }
        return array;
    }

    private List<String> troubles() {
        return Stream.concat(
                        providers.providers().stream().flatMap(provider -> Troubles.of(provider).stream()),
                        arrivals.get().stream().flatMap(arrival -> Troubles.of(arrival).stream()))
                .toList();
    }

    private List<String> pending(List<PluginView> installed) {
        return installed.stream()
                .flatMap(plugin -> providers.bindings(plugin.descriptor().id()).stream())
                .filter(BindingView::pending)
                .map(Troubles::pending)
                .toList();
    }

    private List<String> unfinished() throws AdminException {
        return providers.migrations().stream()
                .filter(MigrationView::unfinished)
                .map(move -> MigrationVerbs.what(move) + ": "
                        + (move.running() ? MigrationVerbs.progress(move) : move.detail()))
                .toList();
    }

    private static JsonArray list(Columns lines, String title, List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            lines.row(i == 0 ? title : "", texts.get(i));
        }
        return Json.strings(texts);
    }
}
