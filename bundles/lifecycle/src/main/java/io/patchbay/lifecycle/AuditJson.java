// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.admin.AuditEntry;
import io.patchbay.admin.AuditEntry.Outcome;
import io.patchbay.port.AuditEvent;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Lines of the audit trail as JSON, and back. */
final class AuditJson {
    private static final int DETAIL_LIMIT = 2_000;

    private AuditJson() {}

    static String write(long sequence, Instant at, AuditEvent event) {
        JsonObject line = new JsonObject();
        line.addProperty("seq", sequence);
        line.addProperty("at", at.toString());
        line.addProperty("actor", bounded(event.actor()));
        line.addProperty("way", event.wayIn());
        line.addProperty("action", event.action());
        line.addProperty("plugin", bounded(event.pluginId()));
        line.addProperty("digest", event.digest());
        line.addProperty("outcome", event.outcome().name().toLowerCase(Locale.ROOT));
        line.addProperty("detail", bounded(event.detail()));
        return line.toString();
    }

    private static String bounded(String text) {
        return text.length() <= DETAIL_LIMIT ? text : text.substring(0, DETAIL_LIMIT) + "...";
    }

    /** Reads a line; empty when it is none. */
    static Optional<AuditEntry> read(String text) {
        try {
            JsonObject line = JsonParser.parseString(text).getAsJsonObject();
            return Optional.of(new AuditEntry(
                    line.get("seq").getAsLong(),
                    Instant.parse(line.get("at").getAsString()),
                    line.get("actor").getAsString(),
                    line.get("way").getAsString(),
                    line.get("action").getAsString(),
                    line.get("plugin").getAsString(),
                    line.get("digest").getAsString(),
                    Outcome.valueOf(line.get("outcome").getAsString().toUpperCase(Locale.ROOT)),
                    line.get("detail").getAsString()));
        } catch (RuntimeException noEntry) {
            // The library wraps what is wrong in exceptions of several kinds.
            return Optional.empty();
        }
    }
}
