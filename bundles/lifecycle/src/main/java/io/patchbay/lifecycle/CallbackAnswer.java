// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.patchbay.plugin.PluginResponse;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/**
 * What a guest's answer to a callback decides, by the table of contract 8.3. The answer is an untrusted guest's.
 *
 * @param outcome what it decides
 * @param reason why not, as the contract names it; empty when allowed
 * @param said what the guest said for people; may be empty
 */
record CallbackAnswer(Outcome outcome, String reason, String said) {
    private static final int BAD_REQUEST = 400;
    private static final int SAID_LIMIT = 200;

    /** What an answer decides. */
    enum Outcome {
        /** Go on. */
        ALLOWED,
        /** The plugin says no. */
        VETOED,
        /** The plugin failed, which is a no as well. */
        FAILED
    }

    static CallbackAnswer of(String pluginId, LifecycleOperation operation, PluginResponse response) {
        if (response.failure().isPresent()) {
            return failed(pluginId, operation, response.failure().get().message());
        }
        String body = new String(response.body(), StandardCharsets.UTF_8);
        if (response.statusCode() >= BAD_REQUEST) {
            return failed(pluginId, operation, body.isBlank() ? "status " + response.statusCode() : body);
        }
        if (body.isEmpty()) {
            return new CallbackAnswer(Outcome.ALLOWED, "", "");
        }
        try {
            return decided(pluginId, operation, body);
        } catch (IOException | IllegalStateException notJson) {
            return failed(pluginId, operation, "its answer is no JSON object with \"ok\"");
        }
    }

    /** The callback did not end with an answer. */
    static CallbackAnswer failed(String pluginId, LifecycleOperation operation, String said) {
        return new CallbackAnswer(Outcome.FAILED, reason(pluginId, operation, "failed"), bounded(said));
    }

    private static CallbackAnswer decided(String pluginId, LifecycleOperation operation, String body)
            throws IOException {
        boolean ok = false;
        String reason = "";
        try (JsonReader json = new JsonReader(new StringReader(body))) {
            json.setStrictness(Strictness.STRICT);
            if (json.peek() == JsonToken.NULL) {
                json.nextNull();
            } else {
                json.beginObject();
                while (json.hasNext()) {
                    // As the reference's JSON does: names without case, null changes nothing, the last one counts.
                    String name = json.nextName();
                    if (json.peek() == JsonToken.NULL) {
                        json.nextNull();
                    } else if (name.equalsIgnoreCase("ok")) {
                        ok = json.nextBoolean();
                    } else if (name.equalsIgnoreCase("reason")) {
                        reason = text(json);
                    } else {
                        json.skipValue();
                    }
                }
                json.endObject();
            }
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("something follows the object");
            }
        }
        if (ok) {
            return new CallbackAnswer(Outcome.ALLOWED, "", "");
        }
        String said = reason.strip();
        return new CallbackAnswer(
                Outcome.VETOED, said.isEmpty() ? reason(pluginId, operation, "vetoed") : bounded(said), bounded(said));
    }

    private static String text(JsonReader json) throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw new IOException("a reason is a text");
        }
        return json.nextString();
    }

    private static String reason(String pluginId, LifecycleOperation operation, String what) {
        return "plugin." + pluginId + ".lifecycle." + operation.word() + "." + what;
    }

    private static String bounded(String text) {
        String stripped = text.strip();
        return stripped.length() <= SAID_LIMIT ? stripped : stripped.substring(0, SAID_LIMIT) + "...";
    }
}
