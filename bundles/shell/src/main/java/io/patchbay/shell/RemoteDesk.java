// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.Verb;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbDesk;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.admin.Verbs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Has the verbs carried out by the node that holds the data folder, over its HTTP resource. */
final class RemoteDesk implements VerbDesk {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String EXIT_CODE = "exitCode";
    private static final String PROGRESS = "progress";

    private final RunningNode.Address node;
    private final HttpClient client;

    RemoteDesk(RunningNode.Address node) {
        this.node = node;
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public List<Verb> verbs() {
        return Verbs.all().stream().filter(verb -> !verb.commandLineOnly()).toList();
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) throws AdminException {
        boolean changes = verbs().stream().anyMatch(verb -> verb.name().equals(call.verb()) && verb.changes());
        HttpRequest.Builder request = HttpRequest.newBuilder(address(call, !changes))
                .header("Authorization", "Bearer " + node.token())
                .header("Patchbay-Actor", call.actor());
        if (changes) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body(call)));
        }
        try {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return read(response.statusCode(), body, stream);
            }
        } catch (IOException | JsonParseException | IllegalStateException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE, "the node at " + node + " does not answer as it should: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(Problem.UNAVAILABLE, "interrupted while the node was asked", e);
        }
    }

    private URI address(VerbCall call, boolean withArguments) {
        String path = node.url() + "/" + call.verb().replace(' ', '/');
        if (!withArguments) {
            return URI.create(path);
        }
        List<String> query = new ArrayList<>();
        call.arguments().forEach(argument -> query.add("argument=" + encoded(argument)));
        call.options().forEach((name, values) -> {
            if (values.isEmpty()) {
                query.add(encoded(bare(name)));
            }
            values.forEach(value -> query.add(encoded(bare(name)) + "=" + encoded(value)));
        });
        return URI.create(query.isEmpty() ? path : path + "?" + String.join("&", query));
    }

    private static String bare(String option) {
        return option.startsWith("--") ? option.substring(2) : option;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String body(VerbCall call) {
        JsonObject options = new JsonObject();
        call.options().forEach((name, values) -> {
            if (values.isEmpty()) {
                options.addProperty(bare(name), true);
            } else {
                options.add(bare(name), Json.strings(values));
            }
        });
        JsonObject object = new JsonObject();
        object.add("arguments", Json.strings(call.arguments()));
        object.add("options", options);
        return Json.line(object);
    }

    /** The answer is the last line; before it come the items of a verb that goes on, or how far it is. */
    private static VerbResult read(int status, InputStream body, VerbStream stream) throws IOException, AdminException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            JsonObject object = JsonParser.parseString(line).getAsJsonObject();
            if (object.has("error")) {
                throw refusal(status, object.getAsJsonObject("error"));
            }
            if (object.has(EXIT_CODE)) {
                return result(object);
            }
            if (object.has(PROGRESS)) {
                stream.progress(object.get("text").getAsString(), Json.line(object.get(PROGRESS)));
                continue;
            }
            if (!stream.write(object.get("text").getAsString(), Json.line(object.get("item")))) {
                return VerbResult.done("", "{}");
            }
        }
        throw new IOException("it ended before it had answered (HTTP " + status + ")");
    }

    private static VerbResult result(JsonObject object) {
        return new VerbResult(
                object.get(EXIT_CODE).getAsInt(),
                object.get("text").getAsString(),
                Json.text(object.get("result")),
                strings(object.getAsJsonArray("notes")));
    }

    private static AdminException refusal(int status, JsonObject error) {
        String word =
                error.get("problem").getAsString().toUpperCase(Locale.ROOT).replace('-', '_');
        Problem problem = Problem.UNAVAILABLE;
        for (Problem one : Problem.values()) {
            problem = one.name().equals(word) ? one : problem;
        }
        String message = error.get("message").getAsString();
        return new AdminException(
                problem,
                status == 401 || status == 429 ? "the node refuses this command line: " + message : message,
                strings(error.getAsJsonArray("details")));
    }

    private static List<String> strings(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toList();
    }
}
