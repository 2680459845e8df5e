// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.MigrationView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.RouteContract;
import io.patchbay.provider.log.LogEntry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The JSON objects that {@code --json} prints. */
final class Json {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private static final Gson ONE_LINE = new GsonBuilder().disableHtmlEscaping().create();

    private Json() {}

    static String text(JsonElement element) {
        return GSON.toJson(element);
    }

    static String line(JsonElement element) {
        return ONE_LINE.toJson(element);
    }

    static String refusal(String problem, String message, List<String> details) {
        JsonObject error = new JsonObject();
        error.addProperty("problem", problem.toLowerCase(Locale.ROOT).replace('_', '-'));
        error.addProperty("message", message);
        error.add("details", strings(details));
        JsonObject object = new JsonObject();
        object.add("error", error);
        return text(object);
    }

    static JsonArray strings(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static JsonObject stringLists(Map<String, List<String>> values) {
        JsonObject object = new JsonObject();
        values.forEach((name, list) -> object.add(name, strings(list)));
        return object;
    }

    /** Adds {@code body} for UTF-8 text, else {@code bodyBase64}. */
    static void body(JsonObject object, byte[] body) {
        try {
            object.addProperty(
                    "body",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(body))
                            .toString());
        } catch (CharacterCodingException notText) {
            object.addProperty("bodyBase64", Base64.getEncoder().encodeToString(body));
        }
    }

    static JsonObject of(LogEntry entry) {
        JsonObject object = new JsonObject();
        object.addProperty("time", entry.time().toString());
        object.addProperty("level", entry.level().word());
        object.addProperty("plugin", entry.pluginId());
        object.addProperty("tenant", entry.tenantId());
        object.addProperty("execution", entry.executionId());
        object.addProperty("node", entry.node());
        object.addProperty("message", entry.message());
        JsonObject fields = new JsonObject();
        entry.fields().forEach(fields::addProperty);
        object.add("fields", fields);
        return object;
    }

    static JsonObject of(MigrationView move) {
        JsonObject object = new JsonObject();
        object.addProperty("id", move.id());
        object.addProperty("kind", move.kind());
        object.addProperty("plugin", move.pluginId());
        object.addProperty("from", move.from());
        object.addProperty("to", move.to());
        object.addProperty("mode", move.mode());
        object.addProperty("phase", move.phase());
        object.addProperty("running", move.running());
        object.addProperty("step", move.step());
        object.addProperty("keysDone", move.keysDone());
        object.addProperty("keys", move.keys());
        object.addProperty("bytes", move.bytes());
        object.addProperty("elapsedMillis", move.elapsedMillis());
        move.remainingMillis().ifPresent(millis -> object.addProperty("remainingMillis", millis));
        object.addProperty("heldMillis", move.heldMillis());
        object.addProperty("digest", move.digest());
        object.addProperty("detail", move.detail());
        object.addProperty("actor", move.actor());
        object.addProperty("startedAt", move.startedAt().toString());
        return object;
    }

    static JsonObject of(Explanation explanation) {
        JsonObject object = new JsonObject();
        object.addProperty("subject", explanation.subject());
        object.addProperty("verdict", explanation.verdict());
        object.add("steps", strings(explanation.steps()));
        return object;
    }

    static JsonObject of(RequestedMethod method) {
        JsonObject object = new JsonObject();
        object.addProperty("method", method.name());
        object.add("resources", strings(method.resources()));
        object.addProperty("granted", method.decision().name().toLowerCase(Locale.ROOT));
        object.addProperty("provided", method.provided());
        return object;
    }

    static JsonObject of(ArtifactInspection inspection) {
        PluginDescriptor plugin = inspection.descriptor();
        JsonObject object = new JsonObject();
        object.addProperty("source", inspection.source());
        object.addProperty("id", plugin.id());
        object.addProperty("name", plugin.name());
        object.addProperty("version", plugin.version());
        object.addProperty("description", plugin.description());
        object.addProperty("digest", inspection.digest());
        object.addProperty("sizeBytes", inspection.sizeBytes());
        object.addProperty("hasCode", plugin.hasCode());
        JsonArray routes = new JsonArray();
        plugin.routes().forEach(route -> routes.add(of(route)));
        object.add("routes", routes);
        JsonArray requested = new JsonArray();
        inspection.requested().forEach(method -> requested.add(of(method)));
        object.add("requested", requested);
        inspection.module().ifPresent(module -> object.add("module", of(module)));
        object.add("notes", strings(inspection.notes()));
        return object;
    }

    private static JsonObject of(RouteContract route) {
        JsonObject object = new JsonObject();
        object.addProperty("method", route.method());
        object.addProperty("path", route.path());
        object.addProperty("requestType", route.requestType());
        object.addProperty("access", route.access());
        object.addProperty("permission", route.permission());
        return object;
    }

    private static JsonObject of(ModuleFacts module) {
        JsonObject object = new JsonObject();
        object.addProperty("functions", module.functions());
        object.addProperty("codeBytes", module.codeBytes());
        object.addProperty("memoryPages", module.memoryPages());
        object.add("oversizedFunctions", strings(module.oversizedFunctions()));
        object.addProperty("compiled", module.compiled());
        return object;
    }
}
