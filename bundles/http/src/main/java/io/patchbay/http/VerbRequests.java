// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the call of a verb from a request: from its query ({@code argument} for each positional argument, else the option's
 * name without dashes), or from a JSON body with {@code arguments} and {@code options}.
 */
final class VerbRequests {
    private static final String ARGUMENT = "argument";
    private static final String ARGUMENTS = "arguments";
    private static final String OPTIONS = "options";

    private VerbRequests() {}

    static VerbCall ofQuery(Verb verb, Map<String, List<String>> query, String actor) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        query.forEach((name, values) -> {
            if (!name.equals(ARGUMENT)) {
                options.put("--" + name, isSwitch(verb, name) && isTrue(values) ? List.of() : values);
            }
        });
        return new VerbCall(verb.name(), query.getOrDefault(ARGUMENT, List.of()), options, actor);
    }

    private static boolean isSwitch(Verb verb, String name) {
        return verb.options().stream()
                .anyMatch(option ->
                        option.name().equals("--" + name) && option.value().isEmpty());
    }

    private static boolean isTrue(List<String> values) {
        return values.equals(List.of("")) || values.equals(List.of("true"));
    }

    static VerbCall ofBody(Verb verb, byte[] body, String actor) throws AdminException {
        JsonObject object = object(body);
        if (!Set.of(ARGUMENTS, OPTIONS).containsAll(object.keySet())) {
            throw malformed("its members are '" + ARGUMENTS + "' and '" + OPTIONS + "'");
        }
        List<String> arguments = object.has(ARGUMENTS) ? texts(object.get(ARGUMENTS), ARGUMENTS) : List.of();
        Map<String, List<String>> options = new LinkedHashMap<>();
        if (object.has(OPTIONS)) {
            if (!object.get(OPTIONS).isJsonObject()) {
                throw malformed("'" + OPTIONS + "' is an object");
            }
            for (Map.Entry<String, JsonElement> entry :
                    object.getAsJsonObject(OPTIONS).entrySet()) {
                if (isFalse(entry.getValue())) {
                    continue;
                }
                options.put("--" + entry.getKey(), values(entry.getValue(), entry.getKey()));
            }
        }
        return new VerbCall(verb.name(), arguments, options, actor);
    }

    private static JsonObject object(byte[] body) throws AdminException {
        try {
            if (body.length == 0) {
                return new JsonObject();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonElement element = JsonParser.parseString(text);
            if (element.isJsonObject()) {
                return element.getAsJsonObject();
            }
        } catch (CharacterCodingException | JsonParseException | StackOverflowError e) {
            throw malformed("it is not JSON in UTF-8");
        }
        throw malformed("it is one object");
    }

    private static boolean isFalse(JsonElement element) {
        return element instanceof JsonPrimitive value && value.isBoolean() && !value.getAsBoolean();
    }

    private static List<String> values(JsonElement element, String name) throws AdminException {
        if (element instanceof JsonPrimitive value) {
            return value.isBoolean() ? List.of() : List.of(value.getAsString());
        }
        return texts(element, name);
    }

    private static List<String> texts(JsonElement element, String name) throws AdminException {
        if (!(element instanceof JsonArray array)) {
            throw malformed("'" + name + "' is a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (JsonElement one : array) {
            if (!(one instanceof JsonPrimitive value) || value.isBoolean()) {
                throw malformed("'" + name + "' is a list of texts");
            }
            texts.add(value.getAsString());
        }
        return texts;
    }

    private static AdminException malformed(String rule) {
        return new AdminException(Problem.INPUT, "the body of the request is not understood: " + rule);
    }
}
