// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonObject;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.wire.BridgeRequest;
import io.patchbay.wire.BridgeResponse;
import io.patchbay.wire.HttpSnapshot;
import io.patchbay.wire.WireVectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Contract 1.8 and 2.8 over real HTTP: what callers see of plugins, and what plugins see of requests. */
class HttpContractIT {
    private static final String TEXT = "text/plain;charset=utf-8";

    @TempDir
    static Path folder;

    private static HttpNode node;

    @BeforeAll
    static void startNode() throws Exception {
        node = HttpNode.start(folder, Map.of());
        install(
                "echo",
                new GuestArtifact("echo")
                        .route("GET", "/", "Root", "public")
                        .route("GET", "/items/{id}", "Item", "public")
                        .route("GET", "/deep/{a}/and/{b}", "Deep", "public")
                        .route("POST", "/items/{id}", "Change", "public")
                        .route("HEAD", "/items/{id}", "Head", "public")
                        .route("OPTIONS", "/items/{id}", "Options", "public")
                        .route("PURGE", "/items/{id}", "Purge", "public")
                        .route("GET", "/mine", "Mine", "login")
                        .route("POST", "/mine", "Mine", "login")
                        .route("GET", "/papers", "Papers", "login", "echo:papers:read")
                        .of(Guests.echo()));
        install(
                "answer",
                new GuestArtifact("answer")
                        .route("POST", "/", "Answer", "public")
                        .route("HEAD", "/", "Answer", "public")
                        .of(Guests.answerFromBody()));
        node.probe().run("resolve", "permission", "echo:papers:read").orFail();
    }

    @AfterAll
    static void stopNode() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    private static void install(String plugin, byte[] artifact) throws IOException {
        node.probe().installGranted(plugin, artifact);
    }

    private static RawHttp.Answer get(String target, String... headerLines) throws IOException {
        return RawHttp.get(node.port(), "GET", target, headerLines);
    }

    /** Has a guest answer with these bytes of a bridge response. */
    private static RawHttp.Answer answering(String method, byte[] response) throws IOException {
        return RawHttp.exchange(node.port(), method, "/x/answer/", response);
    }

    private static RawHttp.Answer answering(PluginResponse response) throws IOException {
        return answering("POST", HostCalls.encode(out -> BridgeResponse.encode(response, out)));
    }

    private static PluginResponse response(int status, Map<String, List<String>> headers, String body) {
        return new PluginResponse(status, "text/plain", headers, body.getBytes(UTF_8), Optional.empty());
    }

    private static BridgeRequest echoed(RawHttp.Answer answer) throws Exception {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return BridgeRequest.decode(new FieldReader(answer.body()));
    }

    private static void assertFailure(RawHttp.Answer answer, int status, String text) {
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElseThrow().replace(" ", "")).isEqualTo(TEXT);
    }

    @TestFactory
    Stream<DynamicTest> everyBridgeResponseVectorGivesItsAnswer() throws IOException {
        return WireVectors.load().stream()
                .filter(vector -> vector.get("message").getAsString().equals("BridgeResponse"))
                .map(vector -> DynamicTest.dynamicTest(vector.get("id").getAsString(), () -> assertAnswered(vector)));
    }

    private static void assertAnswered(JsonObject vector) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(vector.get("hex").getAsString());
        RawHttp.Answer answer = answering("POST", bytes);
        if (vector.get("mode").getAsString().equals("error")) {
            assertFailure(answer, 500, vector.get("error").getAsString());
            return;
        }
        PluginResponse expected = BridgeResponse.decode(new FieldReader(bytes));
        assertThat(answer.status()).isEqualTo(expected.statusCode() <= 0 ? 200 : expected.statusCode());
        assertThat(answer.body()).isEqualTo(expected.body());
        assertThat(answer.header("Content-Type").orElse("").replace(" ", ""))
                .isEqualTo(expected.contentType().replace(" ", ""));
        expected.headers()
                .forEach((name, values) -> assertThat(answer.headers(name)).isEqualTo(values));
    }

    @Test
    void anUnknownPluginOrRouteIsNotFound() throws Exception {
        for (String target : List.of(
                "/x/nobody/",
                "/x/nobody",
                "/x/echo/nothing",
                "/x/echo/items",
                "/x/echo/items/1/2",
                "/x/Echo/",
                "/x/")) {
            assertFailure(get(target), 404, "Dynamic route not found");
        }
        assertFailure(RawHttp.get(node.port(), "DELETE", "/x/echo/items/1"), 404, "Dynamic route not found");
        assertFailure(RawHttp.get(node.port(), "OPTIONS", "/x/echo/mine"), 404, "Dynamic route not found");
    }

    @Test
    void aDisabledPluginIsNotEnabledForItsRoutesAlone() throws Exception {
        install(
                "off",
                new GuestArtifact("off").route("GET", "/private", "P", "login").of(Guests.noop()));
        node.probe().run("disable", "plugin", "off").orFail();

        assertFailure(get("/x/off/private"), 404, "Dynamic plugin is not enabled");
        assertFailure(get("/x/off/else"), 404, "Dynamic route not found");
    }

    @Test
    void aPluginWithoutAServingReleaseIsAConflict() throws Exception {
        node.probe()
                .install(new GuestArtifact("waits")
                        .requests("runtime", "info.now")
                        .of(Guests.noop()))
                .orFail();

        assertFailure(
                get("/x/waits/run"), 409, "Plugin waits requires runtime upgrade before business routes can execute");
        node.probe().run("grant", "plugin", "waits", "all", true, "whole", true).orFail();
        assertThat(get("/x/waits/run").status()).isEqualTo(200);
    }

    @Test
    void anUpgradeThatWaitsKeepsTheOldReleaseServing() throws Exception {
        install("serves", new GuestArtifact("serves").of(Guests.answer("old".getBytes(UTF_8))));
        node.probe()
                .install(new GuestArtifact("serves")
                        .version("v0.2.0")
                        .requests("runtime", "info.now")
                        .of(Guests.answer("new".getBytes(UTF_8))))
                .orFail();
        assertThat(get("/x/serves/run").text()).isEqualTo("old");

        node.probe()
                .run("grant", "plugin", "serves", "all", true, "whole", true)
                .orFail();
        assertThat(get("/x/serves/run").text()).isEqualTo("new");
    }

    @Test
    void aPluginWithoutExecutableBridgeIsNotImplementedAndSaysSoAfterWhoCalls() throws Exception {
        install(
                "stub",
                new GuestArtifact("stub")
                        .withoutRouteExecution()
                        .route("GET", "/run", "Run", "public")
                        .route("GET", "/mine", "Mine", "login")
                        .of(Guests.noop()));

        assertFailure(get("/x/stub/run"), 501, "Dynamic route bridge is not executable for the active plugin release");
        assertFailure(get("/x/stub/mine"), 401, "Missing Authorization header");
    }

    @Test
    void everyFailureOfTheGuestIsAnInternalErrorWithItsText() throws Exception {
        install("traps", new GuestArtifact("traps").of(Guests.trap()));
        install("nonsense", new GuestArtifact("nonsense").of(Guests.responseNotDecodable()));
        install("outside", new GuestArtifact("outside").of(Guests.responseOutsideMemory()));

        RawHttp.Answer trapped = get("/x/traps/run");
        assertThat(trapped.status()).isEqualTo(500);
        assertThat(trapped.text()).startsWith("call dynamic plugin execute failed: ");
        assertThat(trapped.header("Content-Type").orElseThrow().replace(" ", ""))
                .isEqualTo(TEXT);
        assertFailure(get("/x/nonsense/run"), 500, "failed to decode bridge response body");
        assertFailure(get("/x/outside/run"), 500, "read dynamic plugin response memory failed");
    }

    @Test
    void aLoginRouteAsksTheIntegrator() throws Exception {
        assertFailure(get("/x/echo/mine"), 401, "Missing Authorization header");
        assertFailure(get("/x/echo/mine", "Authorization: Basic dTpw"), 401, "Invalid bearer token");
        assertFailure(get("/x/echo/mine", "Authorization: Bearer guessed"), 401, "invalid token");
        assertFailure(get("/x/echo/mine", "Authorization: Bearer old"), 401, "Session has expired");
        assertThat(get("/x/echo/mine").headers("WWW-Authenticate")).containsExactly("Bearer");
        assertFailure(get("/x/echo/mine", "Authorization: Bearer bug"), 500, "The caller could not be identified");

        BridgeRequest request = echoed(get("/x/echo/mine", "Authorization: Bearer user"));
        assertThat(request.identity()).hasValueSatisfying(identity -> {
            assertThat(identity.username()).isEqualTo("ann");
            assertThat(identity.tenantId()).isEqualTo(7);
            assertThat(identity.actingUserId()).isEqualTo(5);
            assertThat(identity.roleNames()).containsExactly("staff");
        });
        assertThat(echoed(get("/x/echo/mine", "Cookie: session=user")).identity())
                .isPresent();
        assertThat(echoed(RawHttp.exchange(
                                node.port(), "POST", "/x/echo/mine", "x".getBytes(UTF_8), "Authorization: Bearer user"))
                        .identity())
                .isPresent();
    }

    @Test
    void aPublicRouteTellsNobodysIdentity() throws Exception {
        assertThat(echoed(get("/x/echo/", "Authorization: Bearer user")).identity())
                .isEmpty();
    }

    @Test
    void aMissingPermissionIsForbidden() throws Exception {
        assertFailure(get("/x/echo/papers", "Authorization: Bearer user"), 403, "Permission denied");
        assertThat(get("/x/echo/papers", "Authorization: Bearer reader").status())
                .isEqualTo(200);
        assertThat(get("/x/echo/papers", "Authorization: Bearer root").status()).isEqualTo(200);
    }

    @Test
    void aGuestSeesTheRequestFieldByField() throws Exception {
        byte[] body = {0, 1, (byte) 0xff, '\r', '\n', 'x'};
        BridgeRequest request;
        int port;
        try (RawHttp connection = new RawHttp(node.port())) {
            port = connection.localPort();
            connection.send(RawHttp.head(
                    "POST",
                    "/x/echo/items/a%2520b;v=1?q=1+2&q=%33&empty&semi;colon=1",
                    body.length,
                    "Host: plugins.example:8080",
                    "content-TYPE: application/x-thing; a=b",
                    "X-Twice: one",
                    "x-twice:  two ",
                    "aUTHORIZATION: Bearer secret",
                    "Cookie: a=1; b=\"two\"; a=3",
                    "X-Bytes: \u00e4\u00ff"));
            connection.send(body);
            request = echoed(connection.answer("POST"));
        }

        assertThat(request.pluginId()).isEqualTo("echo");
        assertThat(request.requestId()).isEqualTo("echo:POST:/items/a%20b;v=1");
        assertThat(request.route()).hasValueSatisfying(route -> {
            assertThat(route.method()).isEqualTo("POST");
            assertThat(route.publicPath()).isEqualTo("/x/echo/items/a%20b;v=1");
            assertThat(route.internalPath()).isEqualTo("/items/a%20b;v=1");
            assertThat(route.routePath()).isEqualTo("/items/{id}");
            assertThat(route.access()).isEqualTo("public");
            assertThat(route.permission()).isEmpty();
            assertThat(route.requestType()).isEqualTo("Change");
            assertThat(route.pathParams()).containsExactly(entry("id", "a%20b;v=1"));
            assertThat(route.queryValues()).containsOnly(entry("q", List.of("1 2", "3")), entry("empty", List.of("")));
        });
        HttpSnapshot http = request.request().orElseThrow();
        assertThat(http.method()).isEqualTo("POST");
        assertThat(http.publicPath()).isEqualTo("/x/echo/items/a%20b;v=1");
        assertThat(http.internalPath()).isEqualTo("/items/a%20b;v=1");
        assertThat(http.rawPath()).isEqualTo("/x/echo/items/a%20b;v=1");
        assertThat(http.rawQuery()).isEqualTo("q=1+2&q=%33&empty&semi;colon=1");
        assertThat(http.host()).isEqualTo("plugins.example:8080");
        assertThat(http.scheme()).isEmpty();
        assertThat(http.remoteAddress()).isEqualTo("127.0.0.1:" + port);
        assertThat(http.clientIp()).isEqualTo("127.0.0.1");
        assertThat(http.contentType()).isEqualTo("application/x-thing; a=b");
        assertThat(http.body()).isEqualTo(body);
        assertThat(http.cookies()).containsOnly(entry("a", "3"), entry("b", "two"));
        Map<String, List<String>> headers = new LinkedHashMap<>(http.headers());
        assertThat(headers)
                .containsOnly(
                        entry("Content-Length", List.of("6")),
                        entry("Content-Type", List.of("application/x-thing; a=b")),
                        entry("Cookie", List.of("a=1; b=\"two\"; a=3")),
                        entry("Host", List.of("plugins.example:8080")),
                        entry("X-Bytes", List.of("\udce4\udcff")),
                        entry("X-Twice", List.of("one", "two")));
    }

    @Test
    void aPathIsDecodedOnceAndKeptAsItIs() throws Exception {
        assertThat(path("/x/echo/deep/%C3%BC/and/%e2%82%AC")).isEqualTo("/deep/\u00fc/and/\u20ac");
        assertThat(path("/x/%65cho/items/a+b")).isEqualTo("/items/a+b");
        assertThat(path("/x/echo/items/7/")).isEqualTo("/items/7/");
        assertThat(path("/x/echo")).isEqualTo("/");
        assertThat(path("/x/echo/")).isEqualTo("/");
        assertThat(path("/x/echo/items/..a")).isEqualTo("/items/..a");
    }

    private static String path(String target) throws Exception {
        return echoed(get(target)).route().orElseThrow().internalPath();
    }

    @Test
    void aPathThatServersReadDifferentlyIsRefused() throws Exception {
        for (String target : List.of(
                "/x/echo/items/%2e%2e",
                "/x/echo/items/%2E",
                "/x/echo/items/..;/x",
                "/x/echo/../echo/items/1",
                "/x/echo/items/./1",
                "/x/echo/items/a%2fb",
                "/x/echo%2Fitems/1",
                "/x/echo/items/%00",
                "/x/echo/items/a%0d%0ab",
                "/x/echo/items/%zz",
                "/x/echo/items/%4")) {
            RawHttp.Answer answer = get(target);
            assertThat(answer.status()).as(target).isEqualTo(400);
        }
        RawHttp.Answer bytes = get("/x/echo/items/%ff");
        if (node.isInKaraf()) {
            // Its Jetty 9.4 gives on what is not UTF-8; then it must come as it is.
            assertThat(echoed(bytes).route().orElseThrow().internalPath()).isEqualTo("/items/\udcff");
        } else {
            assertThat(bytes.status()).isEqualTo(400);
        }
        for (String target : List.of("/x//echo/items/1", "/x/echo//items/1", "/x/echo/items//1", "/x/echo/items//")) {
            assertThat(get(target).status()).as(target).isIn(400, 404);
        }
    }

    @Test
    void headersAreAddedAndTheTypeReplacesTheirs() throws Exception {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Content-Type", List.of("text/html"));
        headers.put("Set-Cookie", List.of("a=1", "b=2"));
        headers.put("X-Bytes", List.of("\u00fc \udcff"));
        RawHttp.Answer answer = answering(response(201, headers, "body"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers("Content-Type")).containsExactly("text/plain");
        assertThat(answer.headers("Set-Cookie")).containsExactly("a=1", "b=2");
        assertThat(answer.header("X-Bytes").orElseThrow().getBytes(ISO_8859_1)).containsExactly(0xc3, 0xbc, ' ', 0xff);
        assertThat(answer.text()).isEqualTo("body");
    }

    @Test
    void aHeaderInjectionIsRefusedAndCounted() throws Exception {
        String counter = "patchbay_http_bad_answers_total{plugin=answer, reason=header}";
        double before = node.metric(counter);
        List<Map<String, List<String>>> injections = List.of(
                Map.of("X-A", List.of("1\r\nSet-Cookie: evil=1")),
                Map.of("X-A", List.of("1\nX: 2")),
                Map.of("X-A", List.of("1\r2")),
                Map.of("X-A", List.of("ok", "a\u0000b")),
                Map.of("X-A: 1\r\nX-B", List.of("2")),
                Map.of("X A", List.of("1")),
                Map.of("X:A", List.of("1")),
                Map.of("X-\u00e4", List.of("1")),
                Map.of("", List.of("1")));
        int refused = 0;
        for (Map<String, List<String>> headers : injections) {
            RawHttp.Answer answer = answering(response(200, headers, "body"));
            if (headers.containsKey("")) {
                assertThat(answer.status()).as("contract 2.2 drops it").isEqualTo(200);
                continue;
            }
            assertFailure(answer, 500, "The plugin answered with a header that no answer can have");
            assertThat(answer.headers("Set-Cookie")).isEmpty();
            refused++;
        }
        RawHttp.Answer type =
                answering(new PluginResponse(200, "text/html\r\nX: 1", Map.of(), new byte[0], Optional.empty()));
        assertThat(type.status()).isEqualTo(500);
        assertThat(node.metric(counter) - before).isEqualTo(refused + 1);
    }

    @Test
    void headersOfTheConnectionAreTheServersBusiness() throws Exception {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Content-Length", List.of("999"));
        headers.put("transfer-encoding", List.of("chunked"));
        headers.put("Connection", List.of("close"));
        headers.put("Upgrade", List.of("h2c"));
        headers.put("X-Kept", List.of("yes"));
        byte[] request = HostCalls.encode(out -> BridgeResponse.encode(response(200, headers, "four"), out));
        double before = node.metric("patchbay_http_dropped_headers_total{plugin=answer}");

        try (RawHttp connection = new RawHttp(node.port())) {
            for (int i = 0; i < 2; i++) {
                connection.send(RawHttp.head("POST", "/x/answer/", request.length));
                connection.send(request);
                RawHttp.Answer answer = connection.answer("POST");
                assertThat(answer.text()).isEqualTo("four");
                assertThat(answer.headers("Content-Length")).containsExactly("4");
                assertThat(answer.headers("Upgrade")).isEmpty();
                assertThat(answer.headers("X-Kept")).containsExactly("yes");
            }
        }
        assertThat(node.metric("patchbay_http_dropped_headers_total{plugin=answer}") - before)
                .isEqualTo(8);
    }

    @Test
    void aStatusThatNoAnswerCanHaveIsRefusedAndCounted() throws Exception {
        for (int status : List.of(1, 99, 100, 101, 199, 600, 999, Integer.MAX_VALUE)) {
            assertFailure(
                    answering(response(status, Map.of(), "body")),
                    500,
                    "The plugin answered with an HTTP status that no answer can have");
        }
        for (int status : List.of(200, 299, 302, 418, 500, 599)) {
            assertThat(answering(response(status, Map.of(), "body")).status()).isEqualTo(status);
        }
        assertThat(answering(response(-5, Map.of(), "body")).status()).isEqualTo(200);
        assertThat(node.metric("patchbay_http_bad_answers_total{plugin=answer, reason=status}"))
                .isGreaterThanOrEqualTo(8);
    }

    @Test
    void whereNoBodyMayBeNoneIsSent() throws Exception {
        try (RawHttp connection = new RawHttp(node.port())) {
            for (int status : List.of(204, 205, 304)) {
                byte[] request =
                        HostCalls.encode(out -> BridgeResponse.encode(response(status, Map.of(), "body"), out));
                connection.send(RawHttp.head("POST", "/x/answer/", request.length));
                connection.send(request);
                RawHttp.Answer answer = connection.answer("POST");
                assertThat(answer.status()).isEqualTo(status);
                assertThat(answer.body()).isEmpty();
            }
            connection.send(RawHttp.head("HEAD", "/x/echo/items/1", 0));
            RawHttp.Answer answer = connection.answer("HEAD");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Integer.parseInt(answer.header("Content-Length").orElseThrow()))
                    .isGreaterThan(50);
            connection.send(RawHttp.head("GET", "/x/echo/items/1", 0));
            assertThat(connection.answer("GET").status()).isEqualTo(200);
        }
    }

    @Test
    void everyMethodReachesItsRoute() throws Exception {
        for (String method : List.of("OPTIONS", "PURGE")) {
            BridgeRequest request = echoed(RawHttp.get(node.port(), method, "/x/echo/items/1"));
            assertThat(request.route().orElseThrow().method()).isEqualTo(method);
        }
    }

    @Test
    void aLargeBodyGoesBothWays() throws Exception {
        byte[] body = new byte[3 << 20];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i * 31);
        }
        BridgeRequest request = echoed(RawHttp.exchange(node.port(), "POST", "/x/echo/items/1", body));
        assertThat(request.request().orElseThrow().body()).isEqualTo(body);
    }

    @Test
    void aChunkedBodyIsTheSame() throws Exception {
        try (RawHttp connection = new RawHttp(node.port())) {
            connection.send(RawHttp.head("POST", "/x/echo/items/1", 0, "Transfer-Encoding: chunked"));
            connection.send("3\r\nabc\r\n".getBytes(UTF_8));
            connection.send("A;x=y\r\n0123456789\r\n0\r\n\r\n".getBytes(UTF_8));
            BridgeRequest request = echoed(connection.answer("POST"));
            assertThat(new String(request.request().orElseThrow().body(), UTF_8))
                    .isEqualTo("abc0123456789");
            assertThat(request.request().orElseThrow().headers())
                    .containsEntry("Transfer-Encoding", List.of("chunked"));
        }
    }

    @Test
    void whoWaitsForAGoAheadGetsItOrTheRefusalAtOnce() throws Exception {
        try (RawHttp connection = new RawHttp(node.port())) {
            connection.send(RawHttp.head("POST", "/x/echo/items/1", 3, "Expect: 100-continue"));
            connection.send("abc".getBytes(UTF_8));
            assertThat(echoed(connection.answer("POST")).request().orElseThrow().body())
                    .hasSize(3);
        }
        try (RawHttp connection = new RawHttp(node.port())) {
            connection.send(RawHttp.head("POST", "/x/echo/mine", 3, "Expect: 100-continue"));
            assertFailure(connection.answer("POST"), 401, "Missing Authorization header");
        }
    }
}
