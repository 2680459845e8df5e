// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.util.List;
import java.util.Optional;

/** The family {@code migrate}: moves of data between stores, and what an operator can still do with them. */
final class MigrationVerbs {
    private static final String DRY_RUN = "--dry-run";
    private static final int QUOTED = 64;

    private final ProviderAdmin providers;

    MigrationVerbs(ProviderAdmin providers) {
        this.providers = providers;
    }

    VerbResult status(VerbCall call, VerbStream stream) throws AdminException {
        List<MigrationView> moves = providers.migrations();
        Optional<String> asked = call.argument(0);
        if (asked.isPresent()) {
            long id = number(call);
            MigrationView move = moves.stream()
                    .filter(one -> one.id() == id)
                    .findFirst()
                    .orElseThrow(() -> new AdminException(
                            Problem.INPUT, "there is no move " + id + "; 'migrate status' lists them"));
            return VerbResult.done(details(move), Json.text(list(List.of(move))));
        }
        String text = moves.isEmpty() ? "no data was moved yet" : table(moves);
        return VerbResult.done(text, Json.text(list(moves)));
    }

    VerbResult resume(VerbCall call, VerbStream stream) throws AdminException {
        MigrationView move = providers.resume(number(call), call.has(DRY_RUN), call.actor(), new ProgressLines(stream));
        return changed(call, move, "go on");
    }

    VerbResult undo(VerbCall call, VerbStream stream) throws AdminException {
        MigrationView move = providers.undo(number(call), call.has(DRY_RUN), call.actor(), new ProgressLines(stream));
        return changed(call, move, "be taken back");
    }

    VerbResult drop(VerbCall call, VerbStream stream) throws AdminException {
        MigrationView move = providers.drop(number(call), call.has(DRY_RUN), call.actor());
        return changed(call, move, "lose what '" + move.from() + "' still has");
    }

    private static long number(VerbCall call) throws AdminException {
        String text = call.argument(0).orElseThrow();
        try {
            long number = Long.parseLong(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new AdminException(Problem.INPUT, refusal(call, text), e);
        }
        throw new AdminException(Problem.INPUT, refusal(call, text));
    }

    private static String refusal(VerbCall call, String text) {
        return call.verb() + " takes the number of a move, as 'migrate status' shows it, not '"
                + Visible.of(text, QUOTED) + "'";
    }

    private static VerbResult changed(VerbCall call, MigrationView move, String would) {
        boolean dryRun = call.has(DRY_RUN);
        String text = dryRun
                ? "Nothing was changed. It would " + would + ":\n" + details(move)
                : what(move) + ": " + outcome(move);
        JsonObject object = new JsonObject();
        object.addProperty("dryRun", dryRun);
        object.add("move", Json.of(move));
        return VerbResult.done(text, Json.text(object));
    }

    private static JsonObject list(List<MigrationView> moves) {
        JsonArray array = new JsonArray();
        moves.forEach(move -> array.add(Json.of(move)));
        JsonObject object = new JsonObject();
        object.add("moves", array);
        return object;
    }

    private static String table(List<MigrationView> moves) {
        Columns lines =
                new Columns().row("MOVE", "KIND", "PLUGIN", "FROM", "TO", "MODE", "PHASE", "KEYS", "BYTES", "TOOK", "");
        for (MigrationView move : moves) {
            lines.row(
                    String.valueOf(move.id()),
                    move.kind(),
                    move.pluginId(),
                    move.from(),
                    move.to(),
                    move.mode(),
                    move.phase(),
                    keys(move),
                    Quantity.bytes(move.bytes()),
                    Quantity.millis(move.elapsedMillis()),
                    move.running() ? progress(move) : move.detail());
        }
        return lines.text();
    }

    private static String keys(MigrationView move) {
        return move.running() ? move.keysDone() + " of " + move.keys() : String.valueOf(move.keys());
    }

    private static String details(MigrationView move) {
        Columns lines = new Columns()
                .row("  phase", move.phase() + (move.running() ? ", " + progress(move) : ""))
                .row("  mode", move.mode())
                .row("  data", keys(move) + " keys, " + Quantity.bytes(move.bytes()))
                .row(
                        "  time",
                        Quantity.millis(move.elapsedMillis()) + ", writes held for "
                                + Quantity.millis(move.heldMillis()))
                .row("  asked for", "by " + move.actor() + " at " + move.startedAt());
        if (!move.digest().isEmpty()) {
            lines.row("  digest", move.digest());
        }
        return what(move) + "\n" + lines.row("  detail", move.detail()).text();
    }

    /** Which move it is, for the beginning of a line. */
    static String what(MigrationView move) {
        return "move " + move.id() + ", " + move.kind() + " of plugin '" + move.pluginId() + "' from '" + move.from()
                + "' to '" + move.to() + "'";
    }

    /** How far a running move is. */
    static String progress(MigrationView move) {
        String left = move.remainingMillis().isPresent()
                ? ", about " + Quantity.millis(move.remainingMillis().getAsLong()) + " left"
                : "";
        return move.keysDone() < move.keys()
                ? move.keysDone() + " of " + Quantity.count(move.keys(), "key") + left
                : Quantity.count(move.keys(), "key") + " copied, now " + move.step() + left;
    }

    private static String outcome(MigrationView move) {
        return move.phase().equals("moved")
                ? Quantity.count(move.keys(), "key") + ", " + Quantity.bytes(move.bytes()) + " in "
                        + Quantity.millis(move.elapsedMillis()) + "\n" + kept(move)
                : move.phase() + ", " + move.detail();
    }

    /** What is left after a move, and what can still be done with it. */
    static String kept(MigrationView move) {
        return "'" + move.from() + "' keeps what it had of plugin '" + move.pluginId() + "' until 'migrate drop "
                + move.id() + "'; 'migrate undo " + move.id() + "' takes the move back";
    }
}
