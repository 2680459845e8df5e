// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindRequest;
import io.patchbay.admin.BindRequest.Mode;
import io.patchbay.admin.BindResult;
import io.patchbay.admin.BindResult.Change;
import io.patchbay.admin.BindResult.PluginChange;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.UnbindRequest;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The verbs {@code bind} and {@code unbind}: which provider serves, and what becomes of data in another store. */
final class BindingVerbs {
    private static final String COPY = "--copy";
    private static final String DISCARD = "--discard";
    private static final String OVERWRITE = "--overwrite";
    private static final String DRY_RUN = "--dry-run";
    private static final String NOTHING = "-";

    private final ProviderAdmin providers;
    private final NodeAdmin node;

    /** @param node knows the folder in which bindings are kept */
    BindingVerbs(ProviderAdmin providers, NodeAdmin node) {
        this.providers = providers;
        this.node = node;
    }

    VerbResult bind(VerbCall call, VerbStream stream) throws AdminException {
        Mode mode = mode(call);
        String provider = call.argument(1).orElse("");
        String filter = call.value("--filter").orElse("");
        if (provider.isEmpty() && filter.isEmpty()) {
            throw input("bind needs the NAME of a provider, or --filter");
        }
        BindRequest request = new BindRequest(
                call.argument(0).orElseThrow(),
                provider,
                plugin(call),
                filter,
                mode,
                call.has(OVERWRITE),
                call.has(DRY_RUN),
                call.actor());
        refuseWhereNothingIsKept(request.dryRun());
        BindResult result = providers.bind(request, new ProgressLines(stream));
        String target =
                provider.isEmpty() ? filter : "'" + provider + "'" + (filter.isEmpty() ? "" : " with " + filter);
        return shown(result, "kind " + request.kind() + " is bound to " + target + whom(request.pluginId()));
    }

    private static Mode mode(VerbCall call) throws AdminException {
        boolean copy = call.has(COPY);
        boolean discard = call.has(DISCARD);
        if (copy && discard) {
            throw input(COPY + " and " + DISCARD + " exclude each other: the data goes along, or it does not");
        }
        if (call.has(OVERWRITE) && !copy && !discard) {
            throw input(OVERWRITE + " goes with " + COPY + " or " + DISCARD + ": without them no data is touched");
        }
        return copy ? Mode.COPY : discard ? Mode.DISCARD : Mode.NONE;
    }

    /** The plugin; empty for all. */
    private static String plugin(VerbCall call) throws AdminException {
        String plugin = call.value("--plugin").orElse("");
        if (plugin.isEmpty() && call.has("--plugin")) {
            // Not the same as leaving it out: that would bind for everybody.
            throw input("--plugin needs the id of a plugin");
        }
        return plugin;
    }

    private static AdminException input(String message) {
        return new AdminException(Problem.INPUT, message);
    }

    private static String whom(String pluginId) {
        return pluginId.isEmpty()
                ? " for all plugins without a binding of their own"
                : " for plugin '" + pluginId + "'";
    }

    VerbResult unbind(VerbCall call, VerbStream stream) throws AdminException {
        UnbindRequest request =
                new UnbindRequest(call.argument(0).orElseThrow(), plugin(call), call.has(DRY_RUN), call.actor());
        refuseWhereNothingIsKept(request.dryRun());
        BindResult result = providers.unbind(request, new ProgressLines(stream));
        return shown(result, "the binding of kind " + request.kind() + whom(request.pluginId()) + " was taken back");
    }

    private void refuseWhereNothingIsKept(boolean dryRun) throws AdminException {
        Path data = node.open();
        if (!dryRun && !Files.isWritable(data)) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "the data folder '" + data
                            + "' cannot be written, and bindings are kept there: nothing was changed;"
                            + " let the user who runs this node write there");
        }
    }

    private static VerbResult shown(BindResult result, String done) {
        List<String> lines = new ArrayList<>();
        lines.add(result.dryRun() ? "Nothing was changed. It would be:" : done);
        lines.add(result.changes().isEmpty() ? "  no plugin is concerned" : table(result));
        List<String> drained = drained(result);
        drained.forEach(provider -> lines.add("the last call on '" + provider + "' has ended"));
        result.moves().forEach(move -> lines.add(MigrationVerbs.kept(move)));
        String text = String.join("\n", lines);
        return new VerbResult(0, text, Json.text(json(result, drained)), notes(result));
    }

    private static String table(BindResult result) {
        Columns lines = new Columns();
        if (result.dryRun()) {
            lines.row("  PLUGIN", "FROM", "TO", "CHANGE", "KEYS", "BYTES", "ESTIMATE", "LAST TIME");
        } else {
            lines.row("  PLUGIN", "FROM", "TO", "CHANGE", "KEYS", "BYTES", "TOOK", "WRITES HELD");
        }
        for (PluginChange change : result.changes()) {
            Optional<MigrationView> move = result.moves().stream()
                    .filter(one -> one.pluginId().equals(change.pluginId()))
                    .findFirst();
            boolean copies = change.change() == Change.COPY;
            lines.row(
                    "  " + change.pluginId(),
                    change.from().isEmpty() ? NOTHING : change.from(),
                    change.to().isEmpty() ? NOTHING : change.to(),
                    word(change.change()),
                    copies ? String.valueOf(move.map(MigrationView::keys).orElse(change.keys())) : NOTHING,
                    copies ? Quantity.bytes(move.map(MigrationView::bytes).orElse(change.bytes())) : NOTHING,
                    result.dryRun()
                            ? millis(change.estimateMillis())
                            : move.map(one -> Quantity.millis(one.elapsedMillis()))
                                    .orElse(NOTHING),
                    result.dryRun()
                            ? millis(change.lastMillis())
                            : move.map(one -> Quantity.millis(one.heldMillis())).orElse(NOTHING));
        }
        return lines.text();
    }

    private static String millis(OptionalLong millis) {
        return millis.isPresent() ? Quantity.millis(millis.getAsLong()) : NOTHING;
    }

    private static String word(Change change) {
        return switch (change) {
            case NONE -> "none";
            case SWAP -> "swap";
            case COPY -> "copy";
            case DISCARD -> "start empty";
            case PENDING -> "pending";
        };
    }

    /** Who served before: a bind returns when their calls have ended. */
    private static List<String> drained(BindResult result) {
        return result.dryRun()
                ? List.of()
                : result.changes().stream()
                        .filter(change -> change.change() != Change.NONE && change.change() != Change.PENDING)
                        .map(PluginChange::from)
                        .filter(provider -> !provider.isEmpty())
                        .distinct()
                        .toList();
    }

    private static List<String> notes(BindResult result) {
        List<String> notes = new ArrayList<>(result.warnings());
        for (PluginChange change : result.changes()) {
            if (change.change() == Change.PENDING) {
                notes.add("plugin '" + change.pluginId() + "' " + (result.dryRun() ? "would be" : "is")
                        + " pending: its " + result.kind() + " is in the store of '" + change.from()
                        + "', which keeps serving; bind again with --copy or --discard to move it");
            }
        }
        return notes;
    }

    private static JsonObject json(BindResult result, List<String> drained) {
        JsonObject object = new JsonObject();
        object.addProperty("kind", result.kind());
        object.addProperty("plugin", result.pluginId());
        object.addProperty("dryRun", result.dryRun());
        JsonArray changes = new JsonArray();
        result.changes().forEach(change -> changes.add(json(change)));
        object.add("changes", changes);
        object.add("drained", Json.strings(drained));
        JsonArray moves = new JsonArray();
        result.moves().forEach(move -> moves.add(Json.of(move)));
        object.add("moves", moves);
        object.add("warnings", Json.strings(result.warnings()));
        return object;
    }

    private static JsonObject json(PluginChange change) {
        JsonObject object = new JsonObject();
        object.addProperty("plugin", change.pluginId());
        object.addProperty("from", change.from());
        object.addProperty("to", change.to());
        object.addProperty("change", change.change().name().toLowerCase(Locale.ROOT));
        object.addProperty("keys", change.keys());
        object.addProperty("bytes", change.bytes());
        change.estimateMillis().ifPresent(millis -> object.addProperty("estimateMillis", millis));
        change.lastMillis().ifPresent(millis -> object.addProperty("lastMillis", millis));
        return object;
    }
}
