// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.artifacts;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.cli.Tool;
import io.patchbay.itests.harness.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A node that stays, started as an operator does: {@code patchbay start}. What it prints is kept. */
final class RunningNode {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long ENDS_SECONDS = 30;
    private static final Pattern ROUTES = Pattern.compile("routes +(http://\\S+?)/x/");
    private static final Pattern ADMIN = Pattern.compile("admin +(http://\\S+)");
    private static final String LAST_LINE = "plugins  ";

    private final Path data;
    private final Tool tool;
    private final Process process;
    private final Thread reader;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private RunningNode(RunOptions options, Path data) throws IOException {
        this.data = data;
        tool = new Tool(options.root(), options.scratch(), Map.of("PATCHBAY_DATA", data.toString()));
        process = new ProcessBuilder("./patchbay", "start", "--listen", "0", "--data", data.toString())
                .directory(options.root().toFile())
                .redirectErrorStream(true)
                .start();
        reader = new Thread(this::read, "node-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts one with a new data folder; returns when it says that it runs. */
    static RunningNode start(RunOptions options, Path data) throws IOException {
        RunningNode node = new RunningNode(options, data);
        Eventually.holds(PATIENCE, () -> node.lines.stream().anyMatch(line -> line.contains(LAST_LINE)));
        return node;
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            out.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add("the output ended: " + e);
        }
    }

    /** What it printed, standard error too. */
    List<String> lines() {
        return lines;
    }

    private String printed(Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing like " + pattern + " in " + lines));
    }

    /** Where plugins answer: scheme, host and port. */
    String routes() {
        return printed(ROUTES);
    }

    /** Puts a bundle into the folder for bundles, as somebody who knows that it is watched: under another name first. */
    void put(Path jar, String name) throws IOException {
        Path part = bundles().resolve(name + ".part");
        Files.copy(jar, part);
        Files.move(part, bundles().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes a bundle out of the folder for bundles. */
    void remove(String name) throws IOException {
        Files.delete(bundles().resolve(name));
    }

    private Path bundles() {
        return data.resolve("bundles");
    }

    /** Runs a command of the command line against it. */
    String command(String... words) throws IOException, InterruptedException {
        String[] command = new String[words.length + 1];
        command[0] = "./patchbay";
        System.arraycopy(words, 0, command, 1, words.length);
        return tool.run(command).orFail().out();
    }

    /** Says a verb over HTTP; for those that are said often. */
    String verb(String verb, String... arguments) throws IOException, InterruptedException {
        JsonArray list = new JsonArray();
        List.of(arguments).forEach(list::add);
        JsonObject body = new JsonObject();
        body.add("arguments", list);
        HttpRequest request = authorized(verb)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        return ok(verb, request);
    }

    /** Whether a provider of this name serves, or could. */
    boolean offers(String provider) throws IOException, InterruptedException {
        String answer = ok("providers", authorized("providers").GET().build());
        return answer.contains("\"" + provider + "\"");
    }

    private HttpRequest.Builder authorized(String verb) throws IOException {
        return HttpRequest.newBuilder(URI.create(printed(ADMIN) + "/" + verb))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "Bearer "
                                + Files.readString(data.resolve("admin.token")).strip());
    }

    private String ok(String verb, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(verb + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    /** Ends it as an operator does, and waits for its last line. */
    void end() throws InterruptedException {
        // Not process.destroy(): it closes the output, and the last lines of it are lost.
        process.toHandle().destroy();
        if (!process.waitFor(ENDS_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the node did not end within " + ENDS_SECONDS + " s");
        }
        reader.join(TimeUnit.SECONDS.toMillis(ENDS_SECONDS));
    }
}
