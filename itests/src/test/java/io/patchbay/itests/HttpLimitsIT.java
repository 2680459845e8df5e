// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client, a plugin or a restart must not do to others, over a real server. */
class HttpLimitsIT {
    private static final int BODY_LIMIT = 200_000;
    private static final int LARGE_ANSWER = 12 << 20;
    private static final int LOITERERS = 40;

    @TempDir
    static Path folder;

    private static HttpNode node;

    @BeforeAll
    static void startNode() throws Exception {
        node = HttpNode.start(
                folder,
                Map.of(
                        "io.patchbay.http.plugins",
                        Map.of(
                                "body.limit.bytes",
                                BODY_LIMIT,
                                "body.time.millis",
                                1_000L,
                                "answer.time.millis",
                                1_000L,
                                "held.bytes",
                                1L << 30,
                                "header.count",
                                30,
                                "header.bytes",
                                3_000),
                        "io.patchbay.wasmhost",
                        Map.of("concurrency", 2, "queue", 1, "deadline.millis", 3_000L)));
        node.probe()
                .installGranted(
                        "echo",
                        new GuestArtifact("echo")
                                .route("GET", "/run", "Run", "public")
                                .route("POST", "/run", "Run", "public")
                                .route("GET", "/mine", "Mine", "login")
                                .of(Guests.echo()));
        node.probe().installGranted("slow", HostCalls.relay("slow"));
        node.probe().installGranted("large", new GuestArtifact("large").of(Guests.answer(new byte[LARGE_ANSWER])));
    }

    @AfterAll
    static void stopNode() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    /** The clock that the plugin {@code slow} asks is held when a test says so. */
    @BeforeEach
    void registerClock() {
        node.probe()
                .run("register", "kind", "clock", "name", "held", "value", "1", "ranking", 1_000)
                .orFail();
    }

    @AfterEach
    void releaseClock() {
        node.probe().run("release", "kind", "clock", "name", "held").orFail();
        node.probe().run("unregister", "kind", "clock", "name", "held").orFail();
        node.probe().run("resolveNot").orFail();
    }

    private static RawHttp.Answer get(String target, String... headerLines) throws IOException {
        return RawHttp.get(node.port(), "GET", target, headerLines);
    }

    private static CompletableFuture<RawHttp.Answer> getting(String target, String... headerLines) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return get(target, headerLines);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A request to the plugin whose guest waits for the clock. */
    private static RawHttp asking() throws IOException {
        byte[] body = Guests.relayBody(1, false, 1, HostCalls.now());
        RawHttp connection = new RawHttp(node.port());
        connection.send(RawHttp.head("POST", "/x/slow/run", body.length));
        connection.send(body);
        return connection;
    }

    private static void hold() {
        node.probe().run("hold", "kind", "clock", "name", "held").orFail();
    }

    private static void awaitEntered() {
        assertThat(node.probe()
                        .run("awaitEntered", "kind", "clock", "name", "held")
                        .orFail()
                        .values())
                .containsEntry("entered", true);
    }

    private static RawHttp.Answer answer(CompletableFuture<RawHttp.Answer> answer) throws Exception {
        return answer.get(30, TimeUnit.SECONDS);
    }

    private static void assertBusy(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow())).isPositive();
    }

    @Test
    void aBodyOverTheLimitIsTooLargeAndTheConnectionEnds() throws Exception {
        double before = node.metric("patchbay_http_refused_total{reason=body_size}");
        try (RawHttp announced = new RawHttp(node.port())) {
            announced.send(RawHttp.head("POST", "/x/echo/run", BODY_LIMIT + 1));
            node.beginBody(announced);
            RawHttp.Answer answer = announced.answer("POST");
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).isEqualTo("The request body exceeds the limit of " + BODY_LIMIT + " bytes");
            assertThat(answer.headers("Connection")).containsExactly("close");
            assertThat(announced.isClosedByServer()).isTrue();
        }
        try (RawHttp chunked = new RawHttp(node.port())) {
            chunked.send(RawHttp.head("POST", "/x/echo/run", 0, "Transfer-Encoding: chunked"));
            chunked.send((Integer.toHexString(BODY_LIMIT + 1) + "\r\n").getBytes(UTF_8));
            chunked.send(new byte[BODY_LIMIT + 1]);
            assertThat(chunked.answer("POST").status()).isEqualTo(413);
        }
        assertThat(RawHttp.exchange(node.port(), "POST", "/x/echo/run", new byte[BODY_LIMIT])
                        .status())
                .isEqualTo(200);
        assertThat(node.metric("patchbay_http_refused_total{reason=body_size}") - before)
                .isEqualTo(2);
    }

    @Test
    void bodiesThatLoiterHoldNobodyUp() throws Exception {
        double before = node.metric("patchbay_http_refused_total{reason=slow_body}");
        List<RawHttp> loiterers = new ArrayList<>();
        try {
            for (int i = 0; i < LOITERERS; i++) {
                RawHttp loiterer = new RawHttp(node.port());
                loiterers.add(loiterer);
                loiterer.send(RawHttp.head("POST", "/x/echo/run", 100));
                loiterer.send(new byte[] {'x'});
            }
            assertThat(get("/x/large/run").body()).hasSize(LARGE_ANSWER);
            for (RawHttp loiterer : loiterers) {
                RawHttp.Answer answer = loiterer.answer("POST");
                assertThat(answer.status()).isEqualTo(408);
                assertThat(answer.text()).isEqualTo("The request body did not arrive in time");
                assertThat(loiterer.isClosedByServer()).isTrue();
            }
        } finally {
            for (RawHttp loiterer : loiterers) {
                loiterer.close();
            }
        }
        assertThat(node.metric("patchbay_http_refused_total{reason=slow_body}") - before)
                .isEqualTo(LOITERERS);
        Eventually.holds(() -> node.metric("patchbay_http_requests_at_work") == 0);
    }

    @Test
    void aBodyThatBreaksOffIsForgotten() throws Exception {
        double before = broken();
        try (RawHttp breaking = new RawHttp(node.port())) {
            breaking.send(RawHttp.head("POST", "/x/echo/run", 100));
            breaking.send(new byte[] {'x'});
        }
        Eventually.holds(() -> broken() - before == 1);
        Eventually.holds(() -> node.metric("patchbay_http_requests_at_work") == 0);
        assertThat(node.metric("patchbay_http_held_bytes")).isZero();
    }

    /** Whichever way the server tells it first. */
    private static double broken() {
        return node.metric("patchbay_http_refused_total{reason=broken_body}")
                + node.metric("patchbay_http_clients_gone_total");
    }

    @Test
    void tooManyHeadersAreRefused() throws Exception {
        String[] many = new String[40];
        for (int i = 0; i < many.length; i++) {
            many[i] = "X-" + i + ": 1";
        }
        assertThat(get("/x/echo/run", many).status()).isEqualTo(431);
        assertThat(get("/x/echo/run", "X-Long: " + "x".repeat(3_000)).status()).isEqualTo(431);
        assertThat(get("/x/echo/run", "X-Huge: " + "x".repeat(300_000)).status())
                .as("a limit of the server's own")
                .isEqualTo(431);
    }

    @Test
    void aPluginWithAFullQueueIsBusyAndTheOthersAreNot() throws Exception {
        hold();
        List<RawHttp> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                waiting.add(asking());
            }
            Eventually.holds(() -> node.metric("patchbay_executions_waiting{plugin=slow}") == 1);
            try (RawHttp one = asking()) {
                assertBusy(one.answer("POST"));
            }
            assertThat(get("/x/echo/run").status()).isEqualTo(200);
            node.probe().run("release", "kind", "clock", "name", "held").orFail();
            for (RawHttp connection : waiting) {
                assertThat(connection.answer("POST").status()).isEqualTo(200);
            }
        } finally {
            for (RawHttp connection : waiting) {
                connection.close();
            }
        }
    }

    @Test
    void anAnswerOverTheLimitOfThePluginIsAnError() throws Exception {
        node.probe().installGranted("huge", new GuestArtifact("huge").of(Guests.answer(new byte[17 << 20])));

        RawHttp.Answer answer = get("/x/huge/run");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).contains("exceeds the limit of 16777216");
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsGivenUp() throws Exception {
        double before = node.metric("patchbay_http_answers_unread_total");
        try (RawHttp deaf = new RawHttp(node.port())) {
            deaf.send(RawHttp.head("GET", "/x/large/run", 0));
            Eventually.holds(() -> node.metric("patchbay_http_held_bytes") > 0);
            Eventually.holds(() -> node.metric("patchbay_http_held_bytes") == 0);
        }
        assertThat(node.metric("patchbay_http_answers_unread_total") - before).isEqualTo(1);
    }

    @Test
    void aClientThatGoesLeavesNothingBehindAfterTheDeadline() throws Exception {
        hold();
        RawHttp going = asking();
        awaitEntered();
        going.close();
        Eventually.holds(() -> node.metric("patchbay_http_requests_at_work") == 0);
        node.probe().run("release", "kind", "clock", "name", "held").orFail();
        Eventually.holds(() -> node.metric("patchbay_executions_running{plugin=slow}") == 0);
    }

    @Test
    void aRequestIsHeldWhileLifecycleIsReplaced() throws Exception {
        node.node().container().stop("io.patchbay.lifecycle");
        CompletableFuture<RawHttp.Answer> held = getting("/x/echo/run");
        CompletableFuture<RawHttp.Answer> stranger = getting("/x/nobody/run");
        Eventually.holds(() -> node.metric("patchbay_http_requests_at_work") == 2);
        node.node().container().start("io.patchbay.lifecycle");

        assertThat(answer(held).status()).isEqualTo(200);
        assertThat(answer(stranger).status()).isEqualTo(404);
    }

    @Test
    void aRequestIsHeldWhileTheEngineIsReplaced() throws Exception {
        node.node().container().stop("io.patchbay.wasmhost");
        CompletableFuture<RawHttp.Answer> held = getting("/x/echo/run");
        Eventually.holds(() -> node.metric("patchbay_http_requests_at_work") == 1);
        node.node().container().start("io.patchbay.wasmhost");

        assertThat(answer(held).status()).isEqualTo(200);
    }

    @Test
    void afterTheGraceARequestIsToldToComeBack() throws Exception {
        node.node().container().stop("io.patchbay.lifecycle");
        try {
            RawHttp.Answer answer = get("/x/echo/run");
            assertBusy(answer);
            assertThat(answer.text()).isEqualTo("The plugin is restarting; try again in a moment");
        } finally {
            node.node().container().start("io.patchbay.lifecycle");
        }
        assertThat(get("/x/echo/run").status()).isEqualTo(200);
    }

    @Test
    void aLoginIsHeldWhileTheResolverIsReplaced() throws Exception {
        node.probe().run("resolve").orFail();
        assertThat(get("/x/echo/mine", "Authorization: Bearer user").status()).isEqualTo(200);
        node.probe().run("resolveNot").orFail();
        CompletableFuture<RawHttp.Answer> held = getting("/x/echo/mine", "Authorization: Bearer user");
        Eventually.holds(() -> node.metric("patchbay_http_requests_at_work") == 1);
        node.probe().run("resolve").orFail();
        assertThat(answer(held).status()).isEqualTo(200);

        node.probe().run("resolveNot").orFail();
        assertBusy(get("/x/echo/mine", "Authorization: Bearer user"));
    }

    @Test
    void theHttpBundleItselfCanBeReplaced() throws Exception {
        for (int i = 0; i < 3; i++) {
            node.node().container().stop("io.patchbay.http");
            assertThat(get("/x/echo/run").status()).isEqualTo(404);
            node.node().container().start("io.patchbay.http");
            Eventually.holds(Duration.ofSeconds(10), () -> get("/x/echo/run").status() == 200);
        }
    }
}
