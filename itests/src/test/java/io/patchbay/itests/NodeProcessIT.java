// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code patchbay start} as a process, and other processes that ask it. */
@NotIn(
        value = {Container.EQUINOX, Container.KARAF},
        because = "the launcher has one framework, and that is Felix")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodeProcessIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SECRET = "s${e}c\"r=e t\\";

    @TempDir
    static Path folder;

    private static Path data;
    private static Process node;
    private static final List<String> LINES = new ArrayList<>();

    @BeforeAll
    static void startNode() throws Exception {
        data = folder.resolve("data");
        node = start("start", "--data", data.toString());
        BufferedReader out = node.inputReader(UTF_8);
        String line = "";
        while (line != null && !line.contains("plugins  ")) {
            line = out.readLine();
            LINES.add(String.valueOf(line));
        }
    }

    @AfterAll
    static void endNode() {
        node.destroyForcibly();
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                System.getProperty("patchbay.launcher")),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile());
        process.environment().put("PATCHBAY_LISTEN", "0"); // other tests want a port at the same time
        return process.start();
    }

    /** One command line: its exit code and what it wrote to both streams. */
    private record Answer(int exitCode, String out, String err) {}

    private static Answer type(String... arguments) throws Exception {
        return answer(start(Stream.concat(Stream.of(arguments), Stream.of("--data", data.toString()))
                .toArray(String[]::new)));
    }

    private static Answer answer(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), out, Files.readString(folder.resolve("errors")));
    }

    private static JsonObject nodeFile() throws IOException {
        return JsonParser.parseString(Files.readString(data.resolve("node.json")))
                .getAsJsonObject();
    }

    private static int status(String method, String path, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(nodeFile().get("url").getAsString() + path))
                .header("Authorization", "Bearer " + token)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String token() throws IOException {
        return Files.readString(Path.of(nodeFile().get("token").getAsString())).strip();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    @Order(1)
    void itSaysWhatRunsAndWhereEverythingIs() {
        assertThat(LINES.get(0)).contains("patchbay runs, pid " + node.pid());
        assertThat(String.join("\n", LINES))
                .contains(
                        data.toString(),
                        "etc/*.config",
                        "bundles/*.jar",
                        "/patchbay/v1",
                        "state=sqlite",
                        "log=console");
    }

    @Test
    @Order(2)
    void theNodeFileSaysHowToReachItAndOnlyItsOwnerReadsIt() throws Exception {
        JsonObject file = nodeFile();

        assertThat(file.get("pid").getAsLong()).isEqualTo(node.pid());
        assertThat(file.get("url").getAsString())
                .isEqualTo("http://127.0.0.1:" + file.get("port").getAsInt() + "/patchbay/v1");
        assertThat(file.getAsJsonArray("plugins"))
                .extracting(JsonElement::getAsString)
                .singleElement(STRING)
                .matches("http://127\\.0\\.0\\.1:\\d+/x/")
                .doesNotContain(":" + file.get("port").getAsInt() + "/");
        assertThat(mode(data.resolve("node.json"))).isEqualTo("rw-------");
        assertThat(mode(Path.of(file.get("token").getAsString()))).isEqualTo("rw-------");
    }

    @Test
    @Order(2)
    void theResourceAsksForTheTokenAndChangesNothingByGet() throws Exception {
        assertThat(status("GET", "/providers", token())).isEqualTo(200);
        assertThat(status("GET", "/providers", "0".repeat(64))).isEqualTo(401);
        assertThat(status("GET", "/config/set?argument=x&argument=a%3Db", token()))
                .isEqualTo(405);
        assertThat(status("POST", "/providers", token())).isEqualTo(405);
        assertThat(status("GET", "/run", token())).isEqualTo(404);
        assertThat(status("GET", "/..%2Fproviders", token())).isGreaterThanOrEqualTo(400);
    }

    @Test
    @Order(2)
    void pluginsAndAdministrationHaveAListenerEach() throws Exception {
        URI plugins = URI.create(nodeFile().getAsJsonArray("plugins").get(0).getAsString());
        int admin = nodeFile().get("port").getAsInt();

        assertThat(String.join("\n", LINES)).contains("routes", plugins + "PLUGIN/...");
        assertThat(plugins.getPath()).isEqualTo("/x/");
        assertThat(plugins.getPort()).isNotEqualTo(admin);
        RawHttp.Answer route = RawHttp.get(plugins.getPort(), "GET", "/x/nobody/a%2520b");
        assertThat(route.status()).isEqualTo(404);
        assertThat(route.text()).isEqualTo("Dynamic route not found");
        String token = "Authorization: Bearer " + token();
        assertThat(RawHttp.get(plugins.getPort(), "GET", "/patchbay/v1/status", token)
                        .status())
                .isEqualTo(404);
        assertThat(RawHttp.get(admin, "GET", "/x/nobody/").text()).doesNotContain("Dynamic route not found");
        assertThat(RawHttp.get(admin, "GET", "/patchbay/v1/health/live").status())
                .isEqualTo(200);
    }

    @Test
    @Order(2)
    void aPortThatIsTakenOrNoneIsSaid() throws Exception {
        int taken = URI.create(nodeFile().getAsJsonArray("plugins").get(0).getAsString())
                .getPort();

        Answer busy = answer(start(
                "start",
                "--listen",
                String.valueOf(taken),
                "--data",
                folder.resolve("busy").toString()));
        assertThat(busy.exitCode()).isEqualTo(5);
        assertThat(busy.err()).contains("port " + taken, "--listen").doesNotContain("\tat ");
        Answer none = answer(start(
                "start", "--listen", "http", "--data", folder.resolve("busy").toString()));
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("\"http\"");
    }

    @Test
    @Order(2)
    void aCommandLineAsksTheNodeThatHoldsTheFolder() throws Exception {
        Answer answer = type("status", "--json");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(JsonParser.parseString(answer.out())
                        .getAsJsonObject()
                        .get("pid")
                        .getAsLong())
                .isEqualTo(node.pid());
    }

    @Test
    @Order(2)
    void aRefusalOfTheNodeIsTheSameAtTheCommandLine() throws Exception {
        Answer answer = type("config", "set", "io.patchbay.runtime", "log.rate=fast");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("log.rate takes integer, not 'fast'");
    }

    @Test
    @Order(2)
    void aSecretIsSetFromAFileAndNeverShownAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");

        Answer set = type("config", "set", "some.where", "url=x", "password", "--secret-file", file.toString());
        Answer get = type("config", "get", "some.where", "--json");

        assertThat(set.exitCode()).as(set.err()).isZero();
        assertThat(set.out() + set.err() + get.out() + get.err())
                .doesNotContain("e t")
                .contains("***");
        assertThat(mode(data.resolve("etc/some.where.config"))).isEqualTo("rw-------");
    }

    @Test
    @Order(2)
    void aSecondNodeOnTheFolderIsRefused() throws Exception {
        Answer answer = type("start");

        assertThat(answer.exitCode()).isEqualTo(5);
        assertThat(answer.err()).contains("in use by another node (pid " + node.pid() + ")");
        assertThat(status("GET", "/status", token())).isEqualTo(200);
    }

    @Test
    @Order(2)
    void aRunOfItsOwnIsRefusedWhileTheNodeHoldsTheFolder() throws Exception {
        Path artifact = Files.write(folder.resolve("noop.wasm"), new GuestArtifact("noop").of(Guests.noop()));

        Answer answer = type("run", artifact.toString());

        assertThat(answer.exitCode()).isEqualTo(5);
        assertThat(answer.err()).contains("is held by the running node with pid " + node.pid());
    }

    @Test
    @Order(2)
    void aConfigurationFileAndABundleThatAreDroppedAreTaken() throws Exception {
        Files.writeString(data.resolve("etc/io.patchbay.limits~report.config"), "plugin=\"report\"\nlog.rate=I\"7\"\n");
        Path jar = TestNode.bundle("provider");
        Path settling = Files.copy(jar, data.resolve("settling"));
        Files.move(settling, data.resolve("bundles/spare.jar"), StandardCopyOption.ATOMIC_MOVE);

        Eventually.holds(
                LIMIT,
                () -> body("/config/get?argument=io.patchbay.limits~report").contains("\"values\":[\"7\"]"));
        Eventually.holds(LIMIT, () -> body("/providers").contains("io.patchbay.itests.provider"));
    }

    private static String body(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(nodeFile().get("url").getAsString() + path))
                .header("Authorization", "Bearer " + token())
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    @Order(3)
    void aTerminationSignalEndsItInOrder() throws Exception {
        node.toHandle().destroy();

        assertThat(node.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(node.exitValue()).isZero();
        assertThat(data.resolve("node.json")).doesNotExist();
        assertThat(data.resolve("admin.token")).doesNotExist();
    }

    @Test
    @Order(4)
    void whatWasConfiguredHoldsInTheNextProcess() throws Exception {
        Answer answer = type("config", "get", "some.where");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("url", "***");
    }

    @Test
    @Order(5)
    void theConsoleHasTheVerbsAndEndsTheNodeWithItsInputAndABadFileIsSaid() throws Exception {
        Path etc = Files.createDirectories(folder.resolve("other/etc"));
        Files.writeString(etc.resolve("io.patchbay.runtime.config"), "log.rate=I\"fast\n");
        Process console =
                start("start", "--console", "--data", folder.resolve("other").toString());
        try (Writer in = console.outputWriter(UTF_8)) {
            in.write("patchbay:providers\npatchbay:config get io.patchbay.bay\n");
        }
        String out = new String(console.getInputStream().readAllBytes(), UTF_8);

        assertThat(console.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(console.exitValue()).isZero();
        assertThat(out).contains("KIND", "sqlite", "grace.millis");
        assertThat(folder.resolve("other/node.json")).doesNotExist();
        assertThat(Files.readString(folder.resolve("errors")))
                .contains("warning: ", "io.patchbay.runtime.config", "is not used");
    }
}
