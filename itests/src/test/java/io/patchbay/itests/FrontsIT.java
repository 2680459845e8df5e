// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One node with a console, and the three fronts over its table of verbs: the command line as another process, Gogo on the
 * console, HTTP.
 */
@NotIn(
        value = {Container.EQUINOX, Container.KARAF},
        because = "the launcher has one framework, and that is Felix")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontsIT {
    private static final String PLUGIN = "day-report";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What differs from one look to the next. */
    private static final Set<String> MOVING = Set.of("calls", "inFlight", "madeAt");

    @TempDir
    static Path folder;

    private static Path data;
    private static Process node;
    private static BufferedReader console;
    private static Writer keyboard;
    private static int marks;

    @BeforeAll
    static void startNode() throws Exception {
        data = folder.resolve("data");
        Path artifact = Files.write(folder.resolve("day-report.wasm"), HostCalls.relay(PLUGIN));
        Files.write(
                folder.resolve("next"),
                new GuestArtifact(PLUGIN).version("v9.0.0").of(Guests.answer("next".getBytes(UTF_8))));
        Path asks = Files.write(
                folder.resolve("asks.wasm"),
                new GuestArtifact("asks").requests("runtime", "info.now").of(Guests.noop()));
        Path body = Files.write(
                folder.resolve("body"), Guests.relayBody(1, false, 1, HostCalls.set("last", "line 1\nline 2")));
        Answer run = type("run", artifact.toString(), "--grant", "all", "--body", "@" + body);
        assertThat(run.exitCode()).as(run.err()).isZero();
        node = start(folder.resolve("node-errors"), "start", "--console");
        console = node.inputReader(UTF_8);
        keyboard = node.outputWriter(UTF_8);
        atConsole("");
        assertThat(atConsole("patchbay:install " + asks).exitCode()).isZero();
        assertThat(atConsole("patchbay:" + named("backup @backup")).exitCode()).isZero();
    }

    /** A verb with the files that it names. */
    private static String named(String verb) {
        return verb.replace("@next", folder.resolve("next").toString())
                .replace("@backup", folder.resolve("backup").toString())
                .replace("@absent", folder.resolve("absent").toString());
    }

    @AfterAll
    static void endNode() {
        if (node != null) {
            node.destroyForcibly();
        }
    }

    private static Process start(Path errors, String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                System.getProperty("patchbay.launcher")),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder process =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
        process.environment().put("PATCHBAY_LISTEN", "0"); // other tests want a port at the same time
        process.environment().put("PATCHBAY_DATA", data.toString());
        return process.start();
    }

    /** One command line: its exit code and what it wrote to both streams. */
    private record Answer(int exitCode, String out, String err) {
        JsonObject json() {
            return JsonParser.parseString(out).getAsJsonObject();
        }
    }

    private static Answer type(String... arguments) throws Exception {
        Path errors = folder.resolve("errors");
        Process process = start(errors, arguments);
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), out, Files.readString(errors));
    }

    /** One line at the console: what it printed, and its exit code behind it. */
    private static Answer atConsole(String line) throws IOException {
        String mark = "MARK-" + ++marks;
        // The words of the mark are joined by the shell, so that an echo of the line is not taken for it.
        keyboard.write(line + "\necho MARK'-'" + marks + " ${exit}\n");
        keyboard.flush();
        List<String> lines = new ArrayList<>();
        while (true) {
            String read = String.valueOf(console.readLine());
            int end = read.indexOf(mark);
            if (end >= 0) {
                String code = read.substring(end + mark.length()).strip();
                String out = String.join("\n", lines).replace("g! ", "");
                return new Answer(code.equals("null") ? 0 : Integer.parseInt(code), out, "");
            }
            lines.add(read);
        }
    }

    private static HttpResponse<String> overHttp(String line) throws Exception {
        JsonObject file = JsonParser.parseString(Files.readString(data.resolve("node.json")))
                .getAsJsonObject();
        String token =
                Files.readString(Path.of(file.get("token").getAsString())).strip();
        Verb verb = Verbs.all().stream()
                .filter(row -> (line + " ").startsWith(row.name() + " "))
                .findFirst()
                .orElseThrow();
        String rows = line.substring(verb.name().length()).strip();
        List<String> rest = rows.isEmpty() ? List.of() : List.of(rows.split(" "));
        String path = verb.name().replace(' ', '/');
        boolean looks = !verb.changes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(file.get("url").getAsString() + "/" + path + (looks ? query(rest) : "")))
                .header("Authorization", "Bearer " + token);
        if (!looks) {
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body(rest)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String query(List<String> words) {
        return "?"
                + String.join(
                        "&",
                        words.stream()
                                .map(word -> word.startsWith("--") ? word.substring(2) : "argument=" + encoded(word))
                                .toList());
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word, UTF_8);
    }

    private static String body(List<String> words) {
        JsonArray arguments = new JsonArray();
        JsonObject options = new JsonObject();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (!word.startsWith("--")) {
                arguments.add(word);
            } else if (equals < 0) {
                options.addProperty(word.substring(2), true);
            } else {
                options.addProperty(word.substring(2, equals), word.substring(equals + 1));
            }
        }
        JsonObject body = new JsonObject();
        body.add("arguments", arguments);
        body.add("options", options);
        return body.toString();
    }

    /** The answer, which is the last line of what comes. */
    private static JsonObject answer(HttpResponse<String> response) {
        return JsonParser.parseString(
                        response.body().lines().reduce((before, last) -> last).orElseThrow())
                .getAsJsonObject();
    }

    private static JsonElement still(JsonElement element) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(FrontsIT::still);
        } else if (element.isJsonObject()) {
            MOVING.forEach(element.getAsJsonObject()::remove);
            element.getAsJsonObject().entrySet().forEach(entry -> still(entry.getValue()));
        }
        return element;
    }

    /** Lines that can be said again and again, for each verb that has such. */
    static List<String> linesThatChangeNothing() {
        return List.of(
                "status",
                "plugins",
                "plugins day-report",
                "grants day-report",
                "why day-report state",
                "why day-report runtime.state.get",
                "providers",
                "bindings",
                "bindings day-report",
                "migrate status",
                "state usage",
                "state usage day-report",
                "state list day-report --limit=1 --prefix=la",
                "state list day-report",
                "state get day-report last",
                "config list",
                "config get io.patchbay.bay",
                "logs",
                "bind state memory --plugin=day-report --dry-run --copy",
                "bind log console --dry-run",
                "config set io.patchbay.bay grace.millis=1500 --dry-run",
                "config unset io.patchbay.bay --dry-run",
                "inspect @next",
                "releases day-report",
                "audit day-report",
                "install @next --dry-run",
                "upgrade day-report @next --grant=all --dry-run",
                "enable day-report --dry-run",
                "disable day-report --dry-run",
                "uninstall day-report --purge --dry-run",
                "grant day-report all --dry-run",
                "revoke day-report runtime.state.get --dry-run",
                "call day-report --dry-run",
                "backup @absent --dry-run",
                "restore @backup --replace --dry-run");
    }

    @ParameterizedTest
    @Order(1)
    @MethodSource("linesThatChangeNothing")
    void theConsoleAndHttpGiveTheSameResult(String line) throws Exception {
        String verb = named(line);
        Answer gogo = atConsole("patchbay:" + verb + " --json");
        HttpResponse<String> http = overHttp(verb);

        assertThat(http.statusCode()).as(http.body()).isEqualTo(200);
        assertThat(gogo.exitCode()).as(gogo.out()).isZero();
        JsonObject console = JsonParser.parseString(
                        gogo.out().substring(gogo.out().indexOf('{')))
                .getAsJsonObject();
        JsonObject result = answer(http).getAsJsonObject("result");
        assertSame(verb, console, result);
    }

    private static void assertSame(String verb, JsonObject one, JsonObject other) {
        if (verb.startsWith("bind state")) {
            // An estimate is measured each time.
            Stream.of(one, other)
                    .map(result -> result.getAsJsonArray("changes").get(0).getAsJsonObject())
                    .forEach(change -> change.remove("estimateMillis"));
        }
        assertThat(still(one)).isEqualTo(still(other));
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"bindings day-report", "upgrade day-report @next --grant=all --dry-run"})
    void theCommandLineGivesTheSameResult(String line) throws Exception {
        compareTheCommandLine(named(line));
    }

    /** A process each: only where somebody has the time. */
    @ParameterizedTest
    @Order(1)
    @EnabledIfSystemProperty(
            named = "patchbay.fronts",
            matches = "all",
            disabledReason = "a process for each line is for bench/run verbs")
    @MethodSource("linesThatChangeNothing")
    void theCommandLineGivesTheSameResultOfEveryVerb(String line) throws Exception {
        compareTheCommandLine(named(line));
    }

    private static void compareTheCommandLine(String verb) throws Exception {
        Answer line = type(Stream.concat(Arrays.stream(verb.split(" ")), Stream.of("--json"))
                .toArray(String[]::new));

        assertThat(line.exitCode()).as(line.err()).isZero();
        assertSame(verb, line.json(), answer(overHttp(verb)).getAsJsonObject("result"));
    }

    @Test
    @Order(1)
    void aPluginIsCalledFromEveryFront() throws Exception {
        Answer gogo = atConsole("patchbay:call day-report --body=nothing --json");
        JsonObject http = answer(overHttp("call day-report --body=nothing"));

        JsonObject console = JsonParser.parseString(
                        gogo.out().substring(gogo.out().indexOf('{')))
                .getAsJsonObject();
        assertThat(gogo.exitCode()).isEqualTo(http.get("exitCode").getAsInt());
        assertThat(console.get("status"))
                .isEqualTo(http.getAsJsonObject("result").get("status"));
        assertThat(console.get("body")).isEqualTo(http.getAsJsonObject("result").get("body"));
        Answer missing = type("call", "day-report", "--path", "/nowhere");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.out()).startsWith("404 ");
    }

    /** A plugin waits for consent, so the doctor's answer is a result with an exit code of its own. */
    @Test
    @Order(1)
    void theDoctorFindsTheSameFromEveryFront() throws Exception {
        Answer line = type("doctor", "--json");
        Answer gogo = atConsole("patchbay:doctor --json");
        HttpResponse<String> http = overHttp("doctor");

        assertThat(http.statusCode()).as(http.body()).isEqualTo(200);
        assertThat(answer(http).get("exitCode").getAsInt()).isEqualTo(3);
        assertThat(line.exitCode()).as(line.err()).isEqualTo(3);
        assertThat(gogo.exitCode()).as(gogo.out()).isEqualTo(3);
        JsonObject findings = answer(http).getAsJsonObject("result");
        assertThat(findings.getAsJsonArray("findings")
                        .get(0)
                        .getAsJsonObject()
                        .get("what")
                        .getAsString())
                .isEqualTo("asks waits for consent: runtime.info.now");
        assertThat(line.json()).isEqualTo(findings);
        assertThat(JsonParser.parseString(gogo.out().substring(gogo.out().indexOf('{'))))
                .isEqualTo(findings);
        String text = answer(http).get("text").getAsString();
        assertThat(type("doctor").out()).isEqualTo(text + "\n");
        assertThat(atConsole("patchbay:doctor").out()).isEqualTo(text);
    }

    @Test
    @Order(1)
    void peopleSeeTheSameTextEverywhere() throws Exception {
        Answer line = type("state", "get", "day-report", "last");
        Answer gogo = atConsole("patchbay:state get day-report last");

        assertThat(line.out()).isEqualTo("line 1\\nline 2\n");
        assertThat(gogo.out()).isEqualTo("line 1\\nline 2");
        assertThat(answer(overHttp("state get day-report last")).get("text").getAsString())
                .isEqualTo("line 1\\nline 2");
    }

    /** Lines that are refused, with their exit code and their status. */
    static List<Arguments> refusals() {
        return List.of(
                arguments("bind state nobody --plugin=day-report", 2, 400),
                arguments("bind state memory --plugin=day-report --copy --discard", 2, 400),
                arguments("bind log console --copy", 2, 400),
                arguments("bind state --filter=(zone", 2, 400),
                arguments("bind state memory --plugin=day-report", 4, 409),
                arguments("bindings ghost", 2, 400),
                arguments("migrate resume 9", 2, 400),
                arguments("migrate undo x", 2, 400),
                arguments("state get day-report nothing", 2, 400),
                arguments("unbind state --plugin=day-report", 2, 400),
                arguments("config set io.patchbay.bay grace.millis=soon", 2, 400),
                arguments("install /no/such.wasm", 2, 400),
                arguments("install @backup", 2, 400),
                arguments("upgrade ghost", 2, 400),
                arguments("upgrade day-report @backup", 2, 400),
                arguments("rollback ghost", 2, 400),
                arguments("rollback day-report 00000000", 2, 400),
                arguments("rollback day-report", 4, 409),
                arguments("releases ghost", 2, 400),
                arguments("enable ghost", 2, 400),
                arguments("disable ghost", 2, 400),
                arguments("uninstall ghost", 2, 400),
                arguments("grant day-report cache.get", 2, 400),
                arguments("revoke ghost all", 2, 400),
                arguments("call ghost", 2, 400),
                arguments("call day-report --header=nocolon", 2, 400),
                arguments("call asks", 3, 409),
                arguments("audit --limit=0", 2, 400),
                arguments("backup @backup", 2, 400),
                arguments("restore /no/such.backup", 2, 400),
                arguments("restore @backup", 4, 409));
    }

    @ParameterizedTest
    @Order(1)
    @MethodSource("refusals")
    void aRefusalIsTheSameEverywhere(String line, int exitCode, int status) throws Exception {
        String verb = named(line);
        // The console would take the parentheses of a filter for its own.
        Answer gogo = atConsole("patchbay:" + verb.replace("(", "\\(") + " --json");
        HttpResponse<String> http = overHttp(verb);

        assertThat(gogo.exitCode()).as(gogo.out()).isEqualTo(exitCode);
        assertThat(http.statusCode()).isEqualTo(status);
        assertThat(JsonParser.parseString(gogo.out().substring(gogo.out().indexOf('{'))))
                .isEqualTo(answer(http));
    }

    /** A process each: only where somebody has the time. */
    @ParameterizedTest
    @Order(1)
    @EnabledIfSystemProperty(
            named = "patchbay.fronts",
            matches = "all",
            disabledReason = "a process for each line is for bench/run verbs")
    @MethodSource("refusals")
    void theCommandLineRefusesTheSame(String line, int exitCode, int status) throws Exception {
        String verb = named(line);

        Answer typed = type(Stream.concat(Arrays.stream(verb.split(" ")), Stream.of("--json"))
                .toArray(String[]::new));
        HttpResponse<String> http = overHttp(verb);

        assertThat(typed.exitCode()).as(typed.err()).isEqualTo(exitCode);
        assertThat(http.statusCode()).isEqualTo(status);
        assertThat(typed.json()).as(typed.err()).isEqualTo(answer(http));
    }

    @Test
    @Order(1)
    void everyVerbOfTheTableIsAtEveryFront() throws Exception {
        String help = type("--help").out();
        String gogo = atConsole("help").out();

        for (Verb verb : Verbs.all()) {
            String word = verb.name().split(" ")[0];
            assertThat(help).containsPattern("(?m)^ +" + word + " ");
            if (!verb.commandLineOnly()) {
                assertThat(gogo).contains("patchbay:" + word);
            }
        }
    }

    @Test
    @Order(2)
    void aBindingThatIsEditedByHandAndWouldNeedAMoveIsPending() throws Exception {
        Answer set = type(
                "config",
                "set",
                "io.patchbay.binding~state~day-report",
                "kind=state",
                "plugin=day-report",
                "provider=memory");

        assertThat(set.exitCode()).as(set.err()).isZero();
        assertThat(set.err())
                .contains("note: plugin 'day-report': 'sqlite' serves", "pending: needs --copy or --discard");
        Answer bindings = type("bindings", "day-report");
        assertThat(bindings.out()).containsPattern("day-report +state +sqlite +memory +.*pending");
        assertThat(bindings.err()).contains("patchbay bind state memory --plugin day-report --copy (or --discard)");
        assertThat(atConsole("patchbay:status").out()).contains("state of plugin 'day-report' is pending");
        assertThat(atConsole("patchbay:state get day-report last").out()).startsWith("line 1");

        Answer wrong = atConsole("patchbay:config set io.patchbay.binding~state~day-report provider=memery");
        assertThat(wrong.out()).contains("this binding is not followed: kind state has no provider 'memery'");
        assertThat(atConsole("patchbay:config unset io.patchbay.binding~state~day-report")
                        .exitCode())
                .isZero();
        assertThat(atConsole("patchbay:bindings day-report").out()).doesNotContain("pending");
    }

    @Test
    @Order(2)
    void aBindingInAFileThatIsDroppedIsTakenAndGoesWithItsFile() throws Exception {
        Path file = data.resolve("etc/io.patchbay.binding~state~day-report.config");
        String pending = "\"pending\":true";

        Files.writeString(file, "kind=\"state\"\nplugin=\"day-report\"\nprovider=\"memory\"\n");
        Eventually.holds(LIMIT, () -> overHttp("bindings day-report").body().contains(pending));
        assertThat(answer(overHttp("config list")).get("text").getAsString().lines())
                .filteredOn(line -> line.startsWith("io.patchbay.binding~") && !line.contains("NAME"))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("io.patchbay.binding~state~day-report "));

        Files.delete(file);
        Eventually.holds(LIMIT, () -> !overHttp("bindings day-report").body().contains(pending));
    }

    @Test
    @Order(3)
    void dataIsMovedWatchedTakenBackAndDroppedFromTheCommandLine() throws Exception {
        Answer bind = type("bind", "state", "memory", "--plugin", "day-report", "--copy");

        assertThat(bind.exitCode()).as(bind.err()).isZero();
        assertThat(bind.out())
                .startsWith("kind state is bound to 'memory' for plugin 'day-report'\n")
                .containsPattern("day-report +sqlite +memory +copy +1 +")
                .contains("the last call on 'sqlite' has ended", "'migrate undo 1' takes the move back");
        assertThat(bind.err()).contains("note: provider 'memory' is not durable");
        assertThat(data.resolve("etc/io.patchbay.binding~state~day-report.config"))
                .exists();
        assertThat(atConsole("patchbay:migrate status").out())
                .containsPattern("1 +state +day-report +sqlite +memory +copy +moved +1 ");
        assertThat(atConsole("patchbay:state get day-report last").out()).startsWith("line 1");

        Answer undo = type("migrate", "undo", "1", "--json");
        assertThat(undo.exitCode()).as(undo.err()).isZero();
        assertThat(undo.json().getAsJsonObject("move").get("phase").getAsString())
                .isEqualTo("undone");
        assertThat(atConsole("patchbay:bindings day-report").out())
                .containsPattern("day-report +state +sqlite +sqlite ");
        assertThat(atConsole("patchbay:migrate drop 2").exitCode()).isZero();
        Answer again = type("migrate", "drop", "2");
        assertThat(again.exitCode()).isEqualTo(4);
        assertThat(again.err()).contains("has no source to drop, it is dropped");
    }

    @Test
    @Order(4)
    void withoutANodeTheCommandDoesItItselfAndEndsWhenItIsDone() throws Exception {
        keyboard.close();
        assertThat(node.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        Answer refused = type("bind", "state", "memory", "--plugin", "day-report");
        assertThat(refused.exitCode()).isEqualTo(4);
        Answer bind = type("bind", "state", "memory", "--plugin", "day-report", "--copy", "--json");
        assertThat(bind.exitCode()).as(bind.err()).isZero();
        JsonObject move = bind.json().getAsJsonArray("moves").get(0).getAsJsonObject();
        assertThat(move.get("phase").getAsString()).isEqualTo("moved");
        assertThat(move.get("keysDone").getAsLong()).isEqualTo(1);

        // What it was moved to ended with that process; the source still has it.
        assertThat(type("state", "list", "day-report").out()).contains("no key of plugin 'day-report'");
        Answer undo = type("migrate", "undo", move.get("id").getAsString());
        assertThat(undo.exitCode()).as(undo.err()).isZero();
        assertThat(undo.out()).contains("'memory' is not durable and was started anew");
        assertThat(type("state", "get", "day-report", "last").out()).startsWith("line 1");
    }
}
