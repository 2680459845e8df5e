// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.AuditAdmin;
import io.patchbay.admin.AuditEntry;
import io.patchbay.admin.AuditQuery;
import io.patchbay.admin.BackupAdmin;
import io.patchbay.admin.BackupRequest;
import io.patchbay.admin.BackupView;
import io.patchbay.admin.RestoreRequest;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** The verbs that are about a whole node: {@code audit}, {@code backup}, {@code restore}. */
final class NodeVerbs {
    private static final String DRY_RUN = "--dry-run";
    private static final int LINES = 100;
    private static final int QUOTED = 64;

    private final AuditAdmin audit;
    private final BackupAdmin backups;

    NodeVerbs(AuditAdmin audit, BackupAdmin backups) {
        this.audit = audit;
        this.backups = backups;
    }

    VerbResult audit(VerbCall call, VerbStream stream) throws AdminException {
        AuditQuery query = new AuditQuery(
                call.argument(0), since(call), WholeNumber.of(call, "--limit", LINES, 1, AuditQuery.MOST));
        JsonArray array = new JsonArray();
        Columns lines = new Columns().row("TIME", "WHO", "WAY IN", "WHAT", "PLUGIN", "DIGEST", "OUTCOME", "");
        for (AuditEntry entry : audit.entries(query)) {
            String outcome = entry.outcome().name().toLowerCase(Locale.ROOT);
            lines.row(
                    entry.at().toString(),
                    Visible.of(entry.actor()),
                    Visible.of(entry.wayIn()),
                    entry.action(),
                    Visible.of(entry.pluginId()),
                    Visible.digest(entry.digest()),
                    outcome,
                    Visible.of(entry.detail()));
            JsonObject row = new JsonObject();
            row.addProperty("sequence", entry.sequence());
            row.addProperty("at", entry.at().toString());
            row.addProperty("actor", entry.actor());
            row.addProperty("wayIn", entry.wayIn());
            row.addProperty("action", entry.action());
            row.addProperty("plugin", entry.pluginId());
            row.addProperty("digest", entry.digest());
            row.addProperty("outcome", outcome);
            row.addProperty("detail", entry.detail());
            array.add(row);
        }
        JsonObject object = new JsonObject();
        object.add("entries", array);
        return VerbResult.done(array.isEmpty() ? "nothing was changed" : lines.text(), Json.text(object));
    }

    private static Optional<Instant> since(VerbCall call) throws AdminException {
        Optional<String> text = call.value("--since");
        try {
            return text.map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            throw new AdminException(
                    Problem.INPUT,
                    "--since takes a time with its offset, such as 2026-01-02T03:04:05Z, not '"
                            + Visible.of(text.orElse(""), QUOTED) + "'",
                    e);
        }
    }

    VerbResult backup(VerbCall call, VerbStream stream) throws AdminException {
        BackupView view = backups.backup(
                new BackupRequest(NodePath.of(call, 0), call.has(DRY_RUN), call.actor(), new PhaseLines(stream)));
        return shown(view, view.dryRun() ? "Nothing was written. There would be:" : "backed up into " + view.file());
    }

    VerbResult restore(VerbCall call, VerbStream stream) throws AdminException {
        BackupView view = backups.restore(new RestoreRequest(
                NodePath.of(call, 0), call.has("--replace"), call.has(DRY_RUN), call.actor(), new PhaseLines(stream)));
        return shown(view, view.dryRun() ? "Nothing was changed. There would be:" : "restored from " + view.file());
    }

    private static VerbResult shown(BackupView view, String done) {
        Columns lines = new Columns()
                .row("  made at", view.madeAt().toString())
                .row("  plugins", view.plugins().isEmpty() ? "none" : String.join(", ", view.plugins()))
                .row("  content", Quantity.count(view.items(), "item") + ", " + Quantity.bytes(view.bytes()));
        JsonObject object = new JsonObject();
        object.addProperty("file", view.file().toString());
        object.addProperty("dryRun", view.dryRun());
        object.addProperty("madeAt", view.madeAt().toString());
        object.add("plugins", Json.strings(view.plugins()));
        object.addProperty("items", view.items());
        object.addProperty("bytes", view.bytes());
        return new VerbResult(0, done + "\n" + lines.text(), Json.text(object), view.notes());
    }
}
