// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads a line back with somebody else's parser. */
final class ReadLine {
    private ReadLine() {}

    static JsonObject json(String line) {
        return JsonParser.parseString(line).getAsJsonObject();
    }

    static LogEntry entry(String line) {
        JsonObject json = json(line);
        Map<String, String> fields = new LinkedHashMap<>();
        if (json.has("fields")) {
            json.getAsJsonObject("fields").asMap().forEach((name, value) -> fields.put(name, value.getAsString()));
        }
        return new LogEntry(
                Instant.parse(json.get("time").getAsString()),
                LogLevel.valueOf(json.get("level").getAsString().toUpperCase(Locale.ROOT)),
                json.get("plugin").getAsString(),
                json.get("tenant").getAsInt(),
                json.get("execution").getAsString(),
                json.get("node").getAsString(),
                json.get("message").getAsString(),
                fields);
    }

    static String text(String line) {
        JsonObject json = json(line);
        if (json.has("dropped")) {
            return "warning dropped " + json.get("dropped").getAsLong();
        }
        LogEntry entry = entry(line);
        return entry.level().word() + " " + entry.text();
    }
}
