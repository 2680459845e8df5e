// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindingView;
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

/** {@code status}: what runs, where everything is, and what waits for somebody. */
final class StatusVerb implements VerbHandler {
    private final NodeAdmin node;
    private final PluginAdmin plugins;
    private final ProviderAdmin providers;

    StatusVerb(NodeAdmin node, PluginAdmin plugins, ProviderAdmin providers) {
        this.node = node;
        this.plugins = plugins;
        this.providers = providers;
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
        Path data = node.open();
        long pid = ProcessHandle.current().pid();
        List<PluginView> installed = plugins.plugins();
        List<BindingView> bindings = providers.bindings("");

        Columns lines = new Columns();
        lines.row("pid", String.valueOf(pid));
        lines.row("data", data.toString());
        lines.row("configuration", data.resolve("etc").toString());
        lines.row("bundles", data.resolve("bundles").toString());
        JsonArray kinds = new JsonArray();
        for (BindingView binding : bindings) {
            lines.row(binding.kind(), binding.provider().isEmpty() ? "nothing serves" : binding.provider());
            JsonObject kind = new JsonObject();
            kind.addProperty("kind", binding.kind());
            kind.addProperty("provider", binding.provider());
            kinds.add(kind);
        }
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
        JsonObject object = new JsonObject();
        object.addProperty("pid", pid);
        object.addProperty("data", data.toString());
        object.add("providers", kinds);
        object.add("plugins", array);
        return VerbResult.done(lines.text(), Json.text(object));
    }
}
