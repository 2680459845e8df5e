// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.Verb;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The description of the resource as OpenAPI 3.1, made of the table of verbs each time it is asked for, so that the two cannot
 * differ.
 */
final class OpenApiPage implements AdminPage {
    /** Where a command line finds its node, and how it prints: nothing for a request. */
    private static final Set<String> OF_THE_COMMAND_LINE = Set.of("--data", "--json");

    private static final Map<String, String> FAILURES = new TreeMap<>(Map.of(
            "400", "The arguments, the options or the body are wrong.",
            "401", "The token is missing or wrong.",
            "403", "The request does not come from this machine.",
            "409", "Refused, or consent is needed; nothing changed.",
            "413", "The body is too long.",
            "415", "The body is not application/json.",
            "429", "Too many wrong tokens.",
            "500", "The node failed.",
            "503", "The node, a server or a disk is not available."));

    private final Supplier<List<Verb>> verbs;
    private final String version;

    /** @param version of this software */
    OpenApiPage(Supplier<List<Verb>> verbs, String version) {
        this.verbs = verbs;
        this.version = version;
    }

    @Override
    public Content read() {
        return Content.json(200, document().toString());
    }

    private JsonObject document() {
        JsonObject info = new JsonObject();
        info.addProperty("title", "Patchbay administration");
        info.addProperty("version", version);
        info.addProperty(
                "description",
                "Everything that an operator does with a node. Verbs that only look take GET, verbs that change something"
                        + " take POST. The answers are those that the command line prints with --json. A verb that goes on, or"
                        + " takes its time, sends one object on each line before, and its answer, or a failure, in the last.");
        JsonObject server = new JsonObject();
        server.addProperty("url", "/patchbay/v1");
        JsonArray servers = new JsonArray();
        servers.add(server);
        JsonObject document = new JsonObject();
        document.addProperty("openapi", "3.1.0");
        document.add("info", info);
        document.add("servers", servers);
        document.add("security", requirement("token"));
        document.add("paths", paths());
        document.add("components", components());
        return document;
    }

    private static JsonArray requirement(String scheme) {
        JsonObject requirement = new JsonObject();
        requirement.add(scheme, new JsonArray());
        JsonArray requirements = new JsonArray();
        requirements.add(requirement);
        return requirements;
    }

    private JsonObject paths() {
        JsonObject paths = new JsonObject();
        paths.add("/health/live", page("live", "Whether the node lives; without a token.", "application/json", false));
        paths.add(
                "/health/ready",
                page(
                        "ready",
                        "Whether the node can serve, and what it waits for; without a token.",
                        "application/json",
                        false));
        paths.add("/metrics", page("metrics", "The figures of all bundles, for Prometheus.", "text/plain", true));
        paths.add("/openapi.json", page("openapi", "This description.", "application/json", true));
        for (Verb verb : verbs.get()) {
            JsonObject item = new JsonObject();
            item.add(verb.changes() ? "post" : "get", operation(verb));
            paths.add("/" + verb.name().replace(' ', '/'), item);
        }
        return paths;
    }

    private static JsonObject page(String id, String summary, String type, boolean needsToken) {
        JsonObject responses = new JsonObject();
        responses.add(
                "200", response("As it is now.", type, object("type", type.startsWith("text") ? "string" : "object")));
        if (!needsToken) {
            responses.add("503", response("Not now.", type, object("type", "object")));
        }
        JsonObject get = new JsonObject();
        get.addProperty("operationId", id);
        get.addProperty("summary", summary);
        if (!needsToken) {
            get.add("security", new JsonArray());
        }
        get.add("responses", responses);
        JsonObject item = new JsonObject();
        item.add("get", get);
        return item;
    }

    private static JsonObject operation(Verb verb) {
        JsonObject operation = new JsonObject();
        operation.addProperty("operationId", verb.name().replace(' ', '-'));
        operation.addProperty("summary", verb.summary());
        if (verb.changes()) {
            operation.add("requestBody", body(verb));
            if (AdminUploads.takes(verb)) {
                operation.add("parameters", parametersOfUpload(verb));
            }
        } else {
            operation.add("parameters", parameters(verb));
        }
        JsonObject responses = new JsonObject();
        responses.add("200", response("What the verb answers.", "application/json", reference("Result")));
        FAILURES.forEach(
                (status, text) -> responses.add(status, response(text, "application/json", reference("Failure"))));
        operation.add("responses", responses);
        return operation;
    }

    private static List<Verb.Option> options(Verb verb) {
        return verb.options().stream()
                .filter(option -> !OF_THE_COMMAND_LINE.contains(option.name()))
                .toList();
    }

    private static JsonArray parameters(Verb verb) {
        JsonArray parameters = new JsonArray();
        if (!verb.arguments().isEmpty()) {
            parameters.add(parameter("argument", arguments(verb), isNeeded(verb), describe(verb)));
        }
        options(verb)
                .forEach(option -> parameters.add(parameter(bare(option), option(option), false, option.summary())));
        return parameters;
    }

    private static JsonArray parametersOfUpload(Verb verb) {
        JsonArray parameters = new JsonArray();
        verb.arguments().stream()
                .filter(argument -> !argument.path())
                .forEach(argument -> parameters.add(parameter(
                        "argument",
                        object("type", "string"),
                        false,
                        "With an artifact as the body: " + argument.name() + " - " + argument.summary())));
        options(verb)
                .forEach(option -> parameters.add(parameter(
                        bare(option), option(option), false, "With an artifact as the body: " + option.summary())));
        return parameters;
    }

    private static JsonObject parameter(String name, JsonObject schema, boolean isNeeded, String description) {
        JsonObject parameter = new JsonObject();
        parameter.addProperty("name", name);
        parameter.addProperty("in", "query");
        parameter.addProperty("description", description);
        parameter.addProperty("required", isNeeded);
        parameter.add("schema", schema);
        return parameter;
    }

    private static JsonObject body(Verb verb) {
        JsonObject options = new JsonObject();
        options(verb).forEach(option -> {
            JsonObject schema = option(option);
            schema.addProperty("description", option.summary());
            options.add(bare(option), schema);
        });
        JsonObject optionsSchema = object("type", "object");
        optionsSchema.add("properties", options);
        optionsSchema.addProperty("additionalProperties", false);
        JsonObject arguments = arguments(verb);
        arguments.addProperty("description", describe(verb));
        JsonObject properties = new JsonObject();
        properties.add("arguments", arguments);
        properties.add("options", optionsSchema);
        JsonObject schema = object("type", "object");
        schema.add("properties", properties);
        schema.addProperty("additionalProperties", false);
        if (isNeeded(verb)) {
            JsonArray required = new JsonArray();
            required.add("arguments");
            schema.add("required", required);
        }
        JsonObject body = new JsonObject();
        body.addProperty("required", isNeeded(verb));
        JsonObject content = content("application/json", schema);
        if (AdminUploads.takes(verb)) {
            for (String type : AdminUploads.TYPES) {
                JsonObject media = new JsonObject();
                media.add("schema", new JsonObject());
                content.add(type, media);
            }
            body.addProperty(
                    "description",
                    "Or the artifact itself, at most " + AdminUploads.LIMIT
                            + " bytes; then the other arguments and the options are in the query.");
        }
        body.add("content", content);
        return body;
    }

    private static JsonObject arguments(Verb verb) {
        JsonObject schema = object("type", "array");
        schema.add("items", object("type", "string"));
        schema.addProperty(
                "minItems",
                verb.arguments().stream().filter(Verb.Argument::required).count());
        if (verb.arguments().stream().noneMatch(Verb.Argument::repeatable)) {
            schema.addProperty("maxItems", verb.arguments().size());
        }
        return schema;
    }

    private static JsonObject option(Verb.Option option) {
        if (option.value().isEmpty()) {
            return object("type", "boolean");
        }
        if (!option.repeatable()) {
            return object("type", "string");
        }
        JsonObject schema = object("type", "array");
        schema.add("items", object("type", "string"));
        return schema;
    }

    private static boolean isNeeded(Verb verb) {
        return verb.arguments().stream().anyMatch(Verb.Argument::required);
    }

    private static String describe(Verb verb) {
        StringBuilder text = new StringBuilder("In order:");
        for (Verb.Argument argument : verb.arguments()) {
            text.append(' ').append(argument.name()).append(" - ").append(argument.summary());
        }
        return verb.arguments().isEmpty() ? "None." : text.toString();
    }

    private static String bare(Verb.Option option) {
        return option.name().substring(2);
    }

    private static JsonObject components() {
        JsonObject token = object("type", "http");
        token.addProperty("scheme", "bearer");
        token.addProperty("description", "The text of the file that node.json names, or the setting admin.token.");
        JsonObject schemes = new JsonObject();
        schemes.add("token", token);
        JsonObject schemas = new JsonObject();
        schemas.add("Result", result());
        schemas.add("Failure", failure());
        JsonObject components = new JsonObject();
        components.add("securitySchemes", schemes);
        components.add("schemas", schemas);
        return components;
    }

    private static JsonObject result() {
        JsonObject properties = new JsonObject();
        properties.add("exitCode", object("type", "integer"));
        properties.add("result", described(new JsonObject(), "What the command line prints with --json."));
        properties.add("text", described(object("type", "string"), "What people see."));
        properties.add("notes", strings());
        return closed(properties);
    }

    private static JsonObject failure() {
        JsonObject problem = object("type", "string");
        JsonArray words = new JsonArray();
        List.of("input", "consent-needed", "refused", "unavailable").forEach(words::add);
        problem.add("enum", words);
        JsonObject inner = new JsonObject();
        inner.add("problem", problem);
        inner.add("message", object("type", "string"));
        inner.add("details", strings());
        JsonObject properties = new JsonObject();
        properties.add("error", closed(inner));
        return closed(properties);
    }

    private static JsonObject strings() {
        JsonObject schema = object("type", "array");
        schema.add("items", object("type", "string"));
        return schema;
    }

    /** An object that has all of these. */
    private static JsonObject closed(JsonObject properties) {
        JsonArray required = new JsonArray();
        properties.keySet().forEach(required::add);
        JsonObject schema = object("type", "object");
        schema.add("properties", properties);
        schema.add("required", required);
        return schema;
    }

    private static JsonObject response(String description, String type, JsonObject schema) {
        JsonObject response = new JsonObject();
        response.addProperty("description", description);
        response.add("content", content(type, schema));
        return response;
    }

    private static JsonObject content(String type, JsonObject schema) {
        JsonObject media = new JsonObject();
        media.add("schema", schema);
        JsonObject content = new JsonObject();
        content.add(type, media);
        return content;
    }

    private static JsonObject reference(String schema) {
        return object("$ref", "#/components/schemas/" + schema);
    }

    private static JsonObject described(JsonObject schema, String description) {
        schema.addProperty("description", description);
        return schema;
    }

    private static JsonObject object(String name, String value) {
        JsonObject object = new JsonObject();
        object.addProperty(name, value);
        return object;
    }
}
