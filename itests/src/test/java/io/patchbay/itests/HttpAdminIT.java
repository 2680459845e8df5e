// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The administration on the one listener of a container, beside the plugins. */
class HttpAdminIT {
    private static final String TOKEN = "Authorization: Bearer " + HttpNode.TOKEN;

    @TempDir
    static Path folder;

    private static HttpNode node;

    @BeforeAll
    static void startNode() throws Exception {
        node = HttpNode.start(folder, Map.of());
        Eventually.holds(() -> get("health/live").status() == 200);
    }

    @AfterAll
    static void stopNode() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    private static RawHttp.Answer get(String path, String... headerLines) throws IOException {
        return RawHttp.get(node.port(), "GET", "/patchbay/v1/" + path, headerLines);
    }

    private static RawHttp.Answer post(String path, String body) throws IOException {
        return RawHttp.exchange(
                node.port(),
                "POST",
                "/patchbay/v1/" + path,
                body.getBytes(UTF_8),
                TOKEN,
                "Content-Type: application/json");
    }

    private static JsonObject json(RawHttp.Answer answer) {
        return JsonParser.parseString(answer.text()).getAsJsonObject();
    }

    private static RawHttp.Answer upload(String path, byte[] artifact, String type) throws IOException {
        return RawHttp.exchange(node.port(), "POST", "/patchbay/v1/" + path, artifact, TOKEN, "Content-Type: " + type);
    }

    @Test
    void anArtifactComesAsTheBodyOfARequest() throws Exception {
        byte[] first = new GuestArtifact("uploaded").version("v1.0.0").of(Guests.answer("one".getBytes(UTF_8)));
        byte[] second = new GuestArtifact("uploaded").version("v1.1.0").of(Guests.answer("two".getBytes(UTF_8)));

        RawHttp.Answer dry = upload("install?dry-run&grant=all", first, "application/octet-stream");
        assertThat(dry.status()).as(dry.text()).isEqualTo(200);
        assertThat(dry.lastLine().get("text").getAsString()).startsWith("Nothing was changed.");
        assertThat(get("plugins", TOKEN).text()).doesNotContain("uploaded");

        RawHttp.Answer installed = upload("install?grant=all", first, "application/wasm");
        assertThat(installed.status()).as(installed.text()).isEqualTo(200);
        JsonObject answer = installed.lastLine().getAsJsonObject("result");
        assertThat(answer.get("version").getAsString()).isEqualTo("v1.0.0");
        assertThat(answer.get("digest").getAsString()).isEqualTo(sha256(first));
        RawHttp.Answer upgraded = upload("upgrade?argument=uploaded", second, "application/octet-stream");
        assertThat(upgraded.status()).as(upgraded.text()).isEqualTo(200);
        assertThat(upgraded.lastLine().getAsJsonObject("result").get("digest").getAsString())
                .isEqualTo(sha256(second));

        RawHttp.Answer lower = upload("install", first, "application/octet-stream");
        assertThat(lower.status()).isEqualTo(409);
        RawHttp.Answer garbage = upload("install", "no module".getBytes(UTF_8), "application/octet-stream");
        assertThat(garbage.status()).isEqualTo(400);
        assertThat(garbage.text()).contains("this is not a WebAssembly module");
        assertThat(upload("install", first, "text/plain").status()).isEqualTo(415);
        assertThat(upload("backup", first, "application/octet-stream").status()).isEqualTo(415);
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("upload-")))
                    .isEmpty();
        }
    }

    @Test
    void anUploadThatSaysItIsTooLongIsRefusedBeforeItIsSent() throws Exception {
        long tooLong = (64L << 20) + 1;
        try (RawHttp connection = new RawHttp(node.port())) {
            connection.send(RawHttp.head(
                    "POST", "/patchbay/v1/install", tooLong, TOKEN, "Content-Type: application/octet-stream"));
            node.beginBody(connection);

            RawHttp.Answer answer = connection.answer("POST");

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("67108864");
        }
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void healthIsToldWithoutAToken() throws Exception {
        assertThat(json(get("health/live")).get("status").getAsString()).isEqualTo("up");
        Eventually.holds(() -> get("health/ready").status() == 200);

        node.node().container().stop("io.patchbay.wasmhost");
        try {
            RawHttp.Answer down = get("health/ready");
            assertThat(down.status()).isEqualTo(503);
            assertThat(down.text()).contains("\"engine\"");
            assertThat(get("health/live").status()).isEqualTo(200);
        } finally {
            node.node().container().start("io.patchbay.wasmhost");
        }
        Eventually.holds(() -> get("health/ready").status() == 200);
    }

    /** No data folder, and so no token of the node's own: the one of the configuration is asked for. */
    @Test
    void whenTheDataFolderIsAwayTheDoctorSaysSo() throws Exception {
        node.node().container().stop("io.patchbay.lifecycle");
        try {
            Eventually.holds(() -> get("doctor", TOKEN).status() == 200);
            RawHttp.Answer doctor = get("doctor", TOKEN);
            assertThat(doctor.lastLine().get("exitCode").getAsInt()).isEqualTo(5);
            assertThat(doctor.text()).contains("io.patchbay.lifecycle", "is not started", "there is no data folder");

            RawHttp.Answer status = get("status", TOKEN);
            assertThat(status.status()).isEqualTo(503);
            assertThat(status.text()).contains("'doctor' says which");
        } finally {
            node.node().container().start("io.patchbay.lifecycle");
        }
        Eventually.holds(() -> get("status", TOKEN).status() == 200);
    }

    @Test
    void everyBundlesFiguresAreInOneText() throws Exception {
        node.probe().installGranted("relay", HostCalls.relay("relay"));
        node.probe()
                .run("revoke", "plugin", "relay", "methods", List.of("runtime.info.uuid"))
                .orFail();
        node.probe().hostCall("relay", HostCalls.now());
        node.probe().hostCall("relay", HostCalls.uuid());

        RawHttp.Answer answer = get("metrics", TOKEN);

        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain;");
        assertThat(answer.text().lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("patchbay_[a-z0-9_]+(\\{[^}]*})? [-+0-9.eE]+|.* NaN"));
        assertThat(answer.text())
                .contains(
                        "patchbay_host_calls_total{plugin=\"relay\"} 2",
                        "patchbay_denials_total{",
                        "patchbay_limit_reached_total{",
                        "patchbay_provider_leases{",
                        "patchbay_provider_failures_total{",
                        "patchbay_slot_swaps_total{",
                        "patchbay_slot_drains_total{",
                        "patchbay_guest_memory_pages ",
                        "# TYPE patchbay_compiles_total counter",
                        "patchbay_compile_seconds_total ",
                        "patchbay_http_refused_total{",
                        "patchbay_plugin_requests_answered_total{plugin=\"relay\"} 2",
                        "patchbay_metric_sources_failed 0");
        assertThat(get("metrics").status()).isEqualTo(401);
    }

    @Test
    void theDescriptionHasEveryVerbThatIsThere() throws Exception {
        JsonObject document = json(get("openapi.json", TOKEN));

        assertThat(document.get("openapi").getAsString()).isEqualTo("3.1.0");
        for (String path : document.getAsJsonObject("paths").keySet()) {
            JsonObject item = document.getAsJsonObject("paths").getAsJsonObject(path);
            String method = item.has("post") ? "POST" : "GET";
            String other = item.has("post") ? "GET" : "POST";
            RawHttp.Answer wrong = RawHttp.get(node.port(), other, "/patchbay/v1" + path, TOKEN);
            assertThat(wrong.status()).as(path).isEqualTo(405);
            assertThat(wrong.headers("Allow")).as(path).containsExactly(method);
        }
    }

    @Test
    void aForwardedRequestIsNotFromThisMachine() throws Exception {
        for (String header :
                List.of("X-Forwarded-For: 127.0.0.1", "Forwarded: for=127.0.0.1", "X-Real-IP: ::1", "Via: 1.1 proxy")) {
            assertThat(get("status", TOKEN, header).status()).as(header).isEqualTo(403);
            assertThat(get("health/live", header).status()).as(header).isEqualTo(403);
        }
        assertThat(get("status", TOKEN).status()).isEqualTo(200);
    }

    @Test
    void withoutTheTokenNothingElseIsTold() throws Exception {
        for (String path : List.of("status", "metrics", "openapi.json", "nothing", "../v1/status", "health/nothing")) {
            assertThat(get(path).status()).as(path).isEqualTo(401);
        }
    }

    @Test
    void whoTriesTokensIsSlowedDownAndThePluginsAreNot() throws Exception {
        node.probe().installGranted("beside", HostCalls.relay("beside"));
        forgetFailures();
        try {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String guess = HttpNode.TOKEN.substring(0, i % HttpNode.TOKEN.length()) + "x";
                statuses.add(get("status", "Authorization: Bearer " + guess).status());
            }
            assertThat(statuses.subList(0, 10)).containsOnly(401);
            assertThat(statuses).contains(429).containsOnly(401, 429);
            Eventually.holds(() -> get("status", "Authorization: Bearer wrong").status() == 429);
            assertThat(get("status", TOKEN).status())
                    .as("nobody's is looked at")
                    .isEqualTo(429);
            assertThat(RawHttp.exchange(node.port(), "POST", "/x/beside/run", new byte[0])
                            .status())
                    .isEqualTo(200);
            assertThat(get("health/live").status()).isEqualTo(200);
            Eventually.holds(() -> get("status", TOKEN).status() == 200);
        } finally {
            forgetFailures();
        }
    }

    /** A bundle that was started again begins to count anew. */
    private static void forgetFailures() throws Exception {
        node.node().container().stop("io.patchbay.http");
        node.node().container().start("io.patchbay.http");
        Eventually.holds(() -> get("health/live").status() == 200);
        Eventually.holds(
                () -> RawHttp.get(node.port(), "GET", "/x/nobody/").text().equals("Dynamic route not found"));
    }

    @Test
    void aBodyThatIsNoneIsRefusedAndChangesNothing() throws Exception {
        for (String body :
                List.of("{", "[]", "null", "{\"arguments\":7}", "\u0000", "{\"options\":[]}", "[".repeat(100_000))) {
            RawHttp.Answer answer = post("config/set", body);
            assertThat(answer.status())
                    .as(body.substring(0, Math.min(20, body.length())))
                    .isEqualTo(400);
            assertThat(json(answer).getAsJsonObject("error").get("problem").getAsString())
                    .isEqualTo("input");
        }
        // Only announced: the node answers, and closes the connection, without reading it.
        try (RawHttp connection = new RawHttp(node.port())) {
            connection.send(RawHttp.head(
                    "POST", "/patchbay/v1/config/set", (1 << 20) + 1, TOKEN, "Content-Type: application/json"));
            node.beginBody(connection);
            assertThat(connection.answer("POST").status()).isEqualTo(413);
        }
        assertThat(RawHttp.exchange(node.port(), "POST", "/patchbay/v1/config/set", new byte[] {'x'}, TOKEN)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aBodyWithoutTheTokenIsNotReadAtAll() throws Exception {
        try (RawHttp connection = new RawHttp(node.port())) {
            connection.send(RawHttp.head("POST", "/patchbay/v1/config/set", 1 << 30, "Content-Type: application/json"));
            node.beginBody(connection);
            assertThat(connection.answer("POST").status()).isEqualTo(401);
        }
    }
}
