// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginRoutesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
    private final PluginDirectory directory = new PluginDirectory(() -> Duration.ofMillis(50));
    private final RouteCounters counters = new RouteCounters();
    private final CompletableFuture<PluginRequest> called = new CompletableFuture<>();
    private final CompletableFuture<String> interrupted = new CompletableFuture<>();
    private RouteLimits limits = Limits.with(64, 32, 1 << 20);
    private final RequestGate gate = new RequestGate(() -> limits);
    private final PluginRoutes routes = new PluginRoutes(new PluginRoutes.Parts(
            directory,
            new Callers(question -> Optional.empty(), (what, failure) -> {}),
            () -> ClientAddress.trusting(List.of()),
            () -> limits,
            gate,
            new GuestAnswers(() -> limits, counters),
            counters,
            workers,
            clock,
            (what, failure) -> {
                throw new AssertionError(what, failure);
            }));

    @BeforeEach
    void serve() {
        counters.watch(gate);
        directory.add((id, request) -> {
            if (!directory.serves(id)) {
                throw new PluginCallException(Reason.NO_ROUTE, "Dynamic route not found");
            }
        });
        directory.add(plugin("echo", request -> request.body()));
        directory.add(plugin("waits", request -> {
            called.complete(request);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete("interrupted");
            }
            throw new PluginCallException(Reason.FAILED, "cancelled");
        }));
    }

    @AfterEach
    void end() {
        workers.shutdownNow();
        clock.shutdownNow();
    }

    private interface Guest {
        byte[] answer(PluginRequest request) throws PluginCallException;
    }

    private static Plugin plugin(String id, Guest guest) {
        return new Plugin() {
            @Override
            public String id() {
                return id;
            }

            @Override
            public PluginResponse call(PluginRequest request) throws PluginCallException {
                return new PluginResponse(200, "", Map.of(), guest.answer(request), Optional.empty());
            }
        };
    }

    private LittleExchange send(LittleExchange exchange) {
        routes.handle(exchange);
        return exchange;
    }

    private double metric(String name, String label, String value) {
        return counters.metrics().stream()
                .filter(metric -> metric.name().equals(name)
                        && value.equals(metric.labels().getOrDefault(label, "")))
                .mapToDouble(metric -> metric.value())
                .sum();
    }

    private double refused(String reason) {
        return metric("patchbay_http_refused_total", "reason", reason);
    }

    /** Nothing of any request is held any more; the last step may be about to say so. */
    private void assertNothingIsHeld() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (gate.requests() > 0 && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(100_000);
        }
        assertThat(gate.requests()).isZero();
        assertThat(gate.held()).isZero();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Test
    void aPluginIsCalledWithWhatTheServerKnows() throws Exception {
        LittleExchange exchange = send(LittleExchange.get("/x/waits/a%20b", "X-A", "1"));
        PluginRequest request = called.get(20, TimeUnit.SECONDS);

        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.path()).isEqualTo("/a b");
        assertThat(request.rawQuery()).isEqualTo("a=b");
        assertThat(request.headers()).isEqualTo(Map.of("X-A", List.of("1")));
        assertThat(request.host()).isEqualTo("host:1");
        assertThat(request.scheme()).isEmpty();
        assertThat(request.remoteAddress()).isEqualTo("192.0.2.7:52100");
        assertThat(request.clientIp()).isEqualTo("192.0.2.7");
        exchange.goes();
        assertNothingIsHeld();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 50_000, 1, 1_000_000_000L / 16})
    void aBodyIsGatheredWhateverWasAnnounced(long announced) throws Exception {
        limits = Limits.with(64, 32, 4 << 20);
        byte[] body = bytes(50_000);
        LittleExchange exchange = send(LittleExchange.post("/x/echo/", Math.min(announced, Limits.BODY)));
        Exchange.BodySink sink = exchange.sink();
        for (int at = 0; at < body.length; at += 5_000) {
            byte[] piece = Arrays.copyOfRange(body, at, at + 5_000);
            assertThat(sink.take(piece, piece.length)).isTrue();
        }
        sink.end();

        assertThat(exchange.answer().body()).isEqualTo(body);
        assertNothingIsHeld();
    }

    @Test
    void aBodyIsNotReadForWhatWillNotRun() throws Exception {
        LittleExchange exchange = send(LittleExchange.post("/x/nobody/", 10));

        assertThat(exchange.text()).isEqualTo("404 Dynamic route not found");
        assertThat(exchange.answer().headers()).contains(new Answer.Header("Connection", "close"));
        assertThat(exchange.isRead()).isFalse();
        assertNothingIsHeld();
    }

    @Test
    void aBodyOverTheLimitIsRefusedAsSoonAsThatIsKnown() throws Exception {
        LittleExchange announced = send(LittleExchange.post("/x/echo/", Limits.BODY + 1));
        assertThat(announced.text()).startsWith("413 ").contains("limit of 100000 bytes");
        assertThat(announced.isRead()).isFalse();

        LittleExchange unannounced = send(LittleExchange.post("/x/echo/", -1));
        assertThat(unannounced.sink().take(bytes(Limits.BODY), Limits.BODY)).isTrue();
        assertThat(unannounced.sink().take(bytes(1), 1)).isFalse();
        assertThat(unannounced.text()).startsWith("413 ");
        assertThat(refused("body_size")).isEqualTo(2);
        assertNothingIsHeld();
    }

    @Test
    void aBodyThatComesTooSlowlyIsRefused() throws Exception {
        limits = new RouteLimits(64, 32, Limits.BODY, Duration.ofMillis(20), 1 << 20, 10, 1_000, 500, LONG);
        LittleExchange exchange = send(LittleExchange.post("/x/echo/", 10));
        exchange.sink().take(bytes(3), 3);

        assertThat(exchange.text()).isEqualTo("408 The request body did not arrive in time");
        assertThat(exchange.sink().take(bytes(3), 3)).isFalse();
        exchange.sink().end();
        assertThat(exchange.answers()).isEqualTo(1);
        assertThat(refused("slow_body")).isEqualTo(1);
        assertNothingIsHeld();
    }

    @Test
    void aBodyThatBreaksOffIsCountedAndForgotten() throws Exception {
        LittleExchange exchange = send(LittleExchange.post("/x/echo/", 10));
        exchange.sink().broken();

        exchange.awaitAborted();
        assertThat(exchange.isAnswered()).isFalse();
        assertThat(refused("broken_body")).isEqualTo(1);
        assertNothingIsHeld();
    }

    @Test
    void bytesBeyondWhatTheNodeHoldsAreRefused() throws Exception {
        limits = Limits.with(64, 32, 20_000);
        LittleExchange request = send(LittleExchange.post("/x/echo/", -1));
        assertThat(request.sink().take(bytes(30_000), 30_000)).isFalse();
        assertThat(request.text()).startsWith("503 ");

        directory.add(plugin("large", any -> bytes(30_000)));
        LittleExchange answer = send(LittleExchange.get("/x/large/"));
        assertThat(answer.text()).startsWith("503 ");
        assertThat(answer.answer().headers()).contains(new Answer.Header("Retry-After", "1"));
        assertThat(refused("memory")).isEqualTo(2);
        assertNothingIsHeld();
    }

    @Test
    void headersOverTheLimitsAreRefused() throws Exception {
        assertThat(send(LittleExchange.get("/x/echo/", "X-A", "x".repeat(1_000)))
                        .text())
                .startsWith("431 ");
        limits = new RouteLimits(64, 32, Limits.BODY, LONG, 1 << 20, 0, 1_000, 500, LONG);
        assertThat(send(LittleExchange.get("/x/echo/", "X-A", "1")).text()).startsWith("431 ");
        assertThat(refused("headers")).isEqualTo(2);
    }

    @Test
    void onePluginsOverloadIsItsOwn() throws Exception {
        limits = Limits.with(8, 32, 1 << 20);
        List<LittleExchange> waiting = Stream.generate(() -> send(LittleExchange.get("/x/waits/")))
                .limit(4)
                .toList();
        LittleExchange one = send(LittleExchange.get("/x/waits/"));

        assertThat(one.text()).startsWith("503 ");
        assertThat(one.answer().headers()).contains(new Answer.Header("Retry-After", "1"));
        assertThat(send(LittleExchange.get("/x/echo/")).text()).isEqualTo("200 ");
        assertThat(refused("requests")).isEqualTo(1);
        waiting.forEach(LittleExchange::goes);
        assertNothingIsHeld();
    }

    @Test
    void aClientThatGoesEndsTheWaitForItsPlugin() throws Exception {
        LittleExchange exchange = send(LittleExchange.get("/x/waits/"));
        called.get(20, TimeUnit.SECONDS);
        exchange.goes();
        exchange.goes();

        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertNothingIsHeld();
        assertThat(exchange.isAnswered()).isFalse();
        assertThat(metric("patchbay_http_clients_gone_total", "", "")).isEqualTo(1);
    }

    @Test
    void aClientThatGoesWhileItsBodyIsReadIsForgotten() throws Exception {
        LittleExchange exchange = send(LittleExchange.post("/x/echo/", 10));
        exchange.sink().take(bytes(3), 3);
        exchange.goes();

        assertNothingIsHeld();
        assertThat(exchange.sink().take(bytes(3), 3)).isFalse();
        assertThat(exchange.isAnswered()).isFalse();
    }

    @Test
    void aClientThatDoesNotReadItsAnswerIsGivenUp() throws Exception {
        limits = new RouteLimits(64, 32, Limits.BODY, LONG, 1 << 20, 10, 1_000, 500, Duration.ofMillis(20));
        LittleExchange exchange = LittleExchange.get("/x/echo/");
        exchange.readsNothing();
        send(exchange);

        exchange.awaitAborted();
        assertNothingIsHeld();
        assertThat(metric("patchbay_http_answers_unread_total", "", "")).isEqualTo(1);
    }

    @Test
    void answersAreCountedUnderPluginsThatServe() throws Exception {
        send(LittleExchange.get("/x/echo/")).answer();
        send(LittleExchange.get("/x/made-up/")).answer();
        send(LittleExchange.get("/x/echo/../a")).answer();

        assertThat(metric("patchbay_http_requests_total", "plugin", "echo")).isEqualTo(1);
        assertThat(metric("patchbay_http_requests_total", "plugin", "made-up")).isZero();
        assertThat(metric("patchbay_http_requests_total", "plugin", "")).isEqualTo(2);
        assertThat(refused("malformed")).isEqualTo(1);
    }

    @Test
    void aNodeThatStopsTurnsRequestsAway() throws Exception {
        workers.shutdown();

        assertThat(send(LittleExchange.get("/x/echo/")).text()).startsWith("503 ");
        assertNothingIsHeld();
    }

    @Test
    void whatIsStillHereWhenTheBundleStopsIsGivenUp() throws Exception {
        LittleExchange reading = send(LittleExchange.post("/x/echo/", 10));
        reading.sink();
        LittleExchange working = send(LittleExchange.get("/x/waits/"));
        called.get(20, TimeUnit.SECONDS);
        routes.close();

        reading.awaitAborted();
        working.awaitAborted();
        assertThat(interrupted.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertNothingIsHeld();
    }

    /** Stress: end of body, clock and goodbye at the same time; whoever is first, the place is left once. */
    @Test
    void whateverEndsABodyFirstThePlaceIsLeftOnce() throws Exception {
        limits = new RouteLimits(64, 32, Limits.BODY, Duration.ofNanos(1), 1 << 20, 10, 1_000, 500, LONG);
        for (int round = 0; round < 2_000; round++) {
            LittleExchange exchange = send(LittleExchange.post("/x/echo/", 3));
            Exchange.BodySink sink = exchange.sink();
            CompletableFuture<Void> goodbye = CompletableFuture.runAsync(exchange::goes, workers);
            sink.take(bytes(3), 3);
            sink.end();
            goodbye.get(20, TimeUnit.SECONDS);
            assertThat(exchange.answers()).isLessThanOrEqualTo(1);
        }
        assertNothingIsHeld();
    }
}
