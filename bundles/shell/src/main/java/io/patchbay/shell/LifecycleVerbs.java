// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.LifecycleRequest;
import io.patchbay.admin.LifecycleRequest.Grants;
import io.patchbay.admin.LifecycleResult;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ReleaseView;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The verbs that change a plugin's life: what came in, what serves, what it may, and that it goes. */
final class LifecycleVerbs {
    private static final String ALL = "all";
    private static final String DRY_RUN = "--dry-run";
    private static final String FORCE = "--force";
    private static final String GRANT = "--grant";

    private final PluginAdmin plugins;
    private final KnownPlugins known;

    LifecycleVerbs(PluginAdmin plugins) {
        this.plugins = plugins;
        this.known = new KnownPlugins(plugins);
    }

    VerbResult install(VerbCall call, VerbStream stream) throws AdminException {
        LifecycleRequest request = new LifecycleRequest.Install(
                NodePath.of(call, 0), call.has("--dev"), !call.has("--disabled"), grants(call));
        return change(request, call, stream);
    }

    VerbResult upgrade(VerbCall call, VerbStream stream) throws AdminException {
        LifecycleRequest request = new LifecycleRequest.Upgrade(
                id(call),
                call.argument(1).isPresent() ? Optional.of(NodePath.of(call, 1)) : Optional.empty(),
                grants(call));
        return change(request, call, stream);
    }

    VerbResult rollback(VerbCall call, VerbStream stream) throws AdminException {
        return change(new LifecycleRequest.Rollback(id(call), call.argument(1).orElse("")), call, stream);
    }

    VerbResult enable(VerbCall call, VerbStream stream) throws AdminException {
        return change(new LifecycleRequest.Enable(id(call)), call, stream);
    }

    VerbResult disable(VerbCall call, VerbStream stream) throws AdminException {
        return change(new LifecycleRequest.Disable(id(call), call.has(FORCE)), call, stream);
    }

    VerbResult uninstall(VerbCall call, VerbStream stream) throws AdminException {
        // One that is gone may have left state behind, so nobody asks here whether it is installed.
        String id = call.argument(0).orElseThrow();
        return change(new LifecycleRequest.Uninstall(id, call.has("--purge"), call.has(FORCE)), call, stream);
    }

    VerbResult grant(VerbCall call, VerbStream stream) throws AdminException {
        return change(new LifecycleRequest.Grant(id(call), methods(call), false), call, stream);
    }

    VerbResult revoke(VerbCall call, VerbStream stream) throws AdminException {
        return change(new LifecycleRequest.Revoke(id(call), methods(call)), call, stream);
    }

    VerbResult releases(VerbCall call, VerbStream stream) throws AdminException {
        String id = id(call);
        JsonArray array = new JsonArray();
        Columns lines = new Columns().row("VERSION", "DIGEST", "SIZE", "", "INSTALLED", "BY");
        for (ReleaseView release : plugins.releases(id)) {
            String standing = release.standing().name().toLowerCase(Locale.ROOT);
            lines.row(
                    release.version() + (release.development() ? " (dev)" : ""),
                    Visible.digest(release.digest()),
                    Quantity.bytes(release.sizeBytes()),
                    standing,
                    release.installedAt(),
                    Visible.of(release.installedBy()));
            JsonObject row = new JsonObject();
            row.addProperty("version", release.version());
            row.addProperty("digest", release.digest());
            row.addProperty("sizeBytes", release.sizeBytes());
            row.addProperty("development", release.development());
            row.addProperty("standing", standing);
            row.addProperty("installedAt", release.installedAt());
            row.addProperty("installedBy", release.installedBy());
            row.addProperty("servedSince", release.servedSince());
            array.add(row);
        }
        JsonObject object = new JsonObject();
        object.addProperty("plugin", id);
        object.add("releases", array);
        return VerbResult.done(lines.text(), Json.text(object));
    }

    private String id(VerbCall call) throws AdminException {
        return known.require(call.argument(0).orElseThrow()).descriptor().id();
    }

    /** What {@code --grant} says; empty without it. */
    private static Optional<Grants> grants(VerbCall call) throws AdminException {
        if (!call.has(GRANT)) {
            return Optional.empty();
        }
        List<String> words = call.options().getOrDefault(GRANT, List.of()).stream()
                .flatMap(value -> List.of(value.split(",", -1)).stream())
                .toList();
        return Optional.of(grants(words, GRANT));
    }

    private static Grants methods(VerbCall call) throws AdminException {
        return grants(call.arguments().subList(1, call.arguments().size()), call.verb());
    }

    private static Grants grants(List<String> words, String where) throws AdminException {
        Set<String> names = new LinkedHashSet<>();
        words.stream().map(String::strip).filter(word -> !word.isEmpty()).forEach(names::add);
        if (names.contains(ALL) && names.size() > 1) {
            throw new AdminException(Problem.INPUT, where + " takes 'all' or names of methods, not both");
        }
        if (names.isEmpty()) {
            throw new AdminException(Problem.INPUT, where + " needs 'all' or names of methods");
        }
        return names.contains(ALL) ? Grants.ALL : new Grants(false, names);
    }

    private VerbResult change(LifecycleRequest request, VerbCall call, VerbStream stream) throws AdminException {
        ChangeContext context =
                new ChangeContext(call.actor(), ChangeContext.COMMAND, call.has(DRY_RUN), new PhaseLines(stream));
        boolean arrives = request instanceof LifecycleRequest.Install || request instanceof LifecycleRequest.Upgrade;
        return shown(plugins.change(request, context), arrives && !context.dryRun());
    }

    /** @param arrived whether what is to be known of the artifact is said, too */
    private static VerbResult shown(LifecycleResult result, boolean arrived) {
        List<String> lines = new ArrayList<>();
        if (result.steps().isEmpty()) {
            lines.add("There is nothing to do; " + standing(result));
        } else {
            lines.add(result.dryRun() ? "Nothing was changed. It would be:" : "Done; " + standing(result) + ":");
            result.steps().forEach(step -> lines.add("  " + Visible.of(step)));
        }
        JsonObject object = new JsonObject();
        object.addProperty("plugin", result.pluginId());
        object.addProperty("dryRun", result.dryRun());
        object.add("steps", Json.strings(result.steps()));
        object.addProperty(
                "version",
                result.plugin().map(view -> view.descriptor().version()).orElse(""));
        object.addProperty("digest", result.plugin().map(PluginView::digest).orElse(""));
        object.addProperty(
                "state",
                result.plugin()
                        .map(view -> view.state().name().toLowerCase(Locale.ROOT))
                        .orElse(""));
        String text = String.join("\n", lines);
        Set<String> notes = new LinkedHashSet<>(result.notes());
        if (arrived) {
            result.plugin().map(PluginView::notes).ifPresent(notes::addAll);
        }
        return new VerbResult(0, text, Json.text(object), List.copyOf(notes));
    }

    private static String standing(LifecycleResult result) {
        return result.plugin()
                .map(view -> view.descriptor().id() + " " + view.descriptor().version() + " is "
                        + view.state().name().toLowerCase(Locale.ROOT))
                .orElse("'" + Visible.of(result.pluginId()) + "' is not installed");
    }
}
