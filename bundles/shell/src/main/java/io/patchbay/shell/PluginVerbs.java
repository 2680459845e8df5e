// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The verbs that look at plugins: {@code plugins}, {@code grants}, {@code why}. */
final class PluginVerbs {
    private final PluginAdmin plugins;
    private final ProviderAdmin providers;
    private final KnownPlugins known;

    PluginVerbs(PluginAdmin plugins, ProviderAdmin providers) {
        this.plugins = plugins;
        this.providers = providers;
        this.known = new KnownPlugins(plugins);
    }

    VerbResult inspect(VerbCall call, VerbStream stream) throws AdminException {
        ArtifactInspection inspection = plugins.inspect(NodePath.of(call, 0));
        return VerbResult.done(InspectionText.of(inspection), Json.text(Json.of(inspection)));
    }

    VerbResult plugins(VerbCall call, VerbStream stream) throws AdminException {
        Optional<String> id = call.argument(0);
        List<PluginView> views = id.isPresent() ? List.of(known.require(id.get())) : plugins.plugins();
        JsonArray array = new JsonArray();
        Columns lines = new Columns();
        for (PluginView view : views) {
            array.add(json(view));
            lines.row(
                    view.descriptor().id(),
                    view.descriptor().version(),
                    state(view),
                    view.undecided().isEmpty()
                            ? ""
                            : "waits for consent: "
                                    + String.join(
                                            ", ",
                                            view.undecided().stream()
                                                    .map(RequestedMethod::name)
                                                    .toList()));
            broughtBy(view).ifPresent(who -> lines.row("  brought by " + who));
            view.notes().forEach(note -> lines.row("  note: " + note));
        }
        JsonObject object = new JsonObject();
        object.add("plugins", array);
        return VerbResult.done(views.isEmpty() ? "no plugin is installed" : lines.text(), Json.text(object));
    }

    VerbResult grants(VerbCall call, VerbStream stream) throws AdminException {
        PluginView view = known.require(call.argument(0).orElseThrow());
        JsonArray array = new JsonArray();
        Columns lines = new Columns().row("METHOD", "GRANTED", "PROVIDED", "EFFECTIVE", "DECIDED");
        for (RequestedMethod method : view.requested()) {
            JsonObject row = Json.of(method);
            row.addProperty("effective", method.effective());
            row.addProperty("decidedBy", method.decidedBy());
            row.addProperty("decidedAt", method.decidedAt());
            array.add(row);
            lines.row(
                    method.name(),
                    method.decision().name().toLowerCase(Locale.ROOT),
                    yesNo(method.provided()),
                    yesNo(method.effective()),
                    method.decidedBy().isEmpty() ? "" : "by " + method.decidedBy() + " at " + method.decidedAt());
        }
        JsonObject object = new JsonObject();
        object.addProperty("plugin", view.descriptor().id());
        object.add("requested", array);
        String text = view.requested().isEmpty() ? view.descriptor().id() + " requests nothing" : lines.text();
        return VerbResult.done(text, Json.text(object));
    }

    VerbResult why(VerbCall call, VerbStream stream) throws AdminException {
        String id = call.argument(0).orElseThrow();
        String subject = call.argument(1).orElseThrow();
        known.require(id);
        Explanation explanation = subject.contains(".") ? plugins.why(id, subject) : providers.why(id, subject);
        StringBuilder text = new StringBuilder(explanation.verdict());
        explanation.steps().forEach(step -> text.append("\n  ").append(step));
        return VerbResult.done(text.toString(), Json.text(Json.of(explanation)));
    }

    private static String yesNo(boolean value) {
        return value ? "yes" : "no";
    }

    /** Who keeps it; an operator's own plugins need no word. */
    private static Optional<String> broughtBy(PluginView view) {
        if (view.wayIn().equals(ChangeContext.DIRECTORY)) {
            return Optional.of("the watched directory");
        }
        return view.wayIn().startsWith(ChangeContext.BUNDLE)
                ? Optional.of("bundle " + view.wayIn().substring(ChangeContext.BUNDLE.length()))
                : Optional.empty();
    }

    private static String state(PluginView view) {
        String state = view.state().name().toLowerCase(Locale.ROOT);
        String serving = view.servingVersion();
        return serving.isEmpty() || serving.equals(view.descriptor().version())
                ? state
                : state + ", " + serving + " serves";
    }

    private static JsonObject json(PluginView view) {
        JsonObject object = new JsonObject();
        object.addProperty("id", view.descriptor().id());
        object.addProperty("version", view.descriptor().version());
        object.addProperty("digest", view.digest());
        object.addProperty("state", view.state().name().toLowerCase(Locale.ROOT));
        object.addProperty("servingVersion", view.servingVersion());
        object.addProperty("servingDigest", view.servingDigest());
        object.addProperty("wayIn", view.wayIn());
        object.add(
                "undecided",
                Json.strings(
                        view.undecided().stream().map(RequestedMethod::name).toList()));
        object.add("notes", Json.strings(view.notes()));
        return object;
    }
}
