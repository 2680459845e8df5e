// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.util.Set;

/**
 * What the example answers: one JSON object, and nothing else on standard output.
 *
 * @param previousExport the time of the export before, empty when there was none
 * @param now the time of this one
 */
record ExportAnswer(String previousExport, String now) {
    private static final Set<String> MEMBERS = Set.of("taskId", "previousExport", "now", "id", "node");

    /**
     * Reads standard output.
     *
     * @throws AssertionError if there is anything else in it
     */
    static ExportAnswer parse(String out) {
        String text = out.strip();
        JsonObject object;
        try {
            object = JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonSyntaxException | IllegalStateException e) {
            throw new AssertionError("standard output is not the plugin's answer alone: " + text, e);
        }
        if (text.contains("\n") || !object.keySet().equals(MEMBERS)) {
            throw new AssertionError("not the answer of the example: " + text);
        }
        JsonElement previous = object.get("previousExport");
        return new ExportAnswer(
                previous.isJsonNull() ? "" : previous.getAsString(),
                object.get("now").getAsString());
    }
}
