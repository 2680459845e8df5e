// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.PluginView;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServingTest {
    private static final Tenancy EVERYBODY = Tenancy.of(Samples.descriptor("demo", "1.0.0"));

    @TempDir
    Path temp;

    private TestNode node;

    @BeforeEach
    void open() throws Exception {
        node = TestNode.opened(temp);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Identity caller(boolean superAdmin, String... permissions) {
        return new Identity(
                "t", 1, "anna", 1, List.of(permissions), List.of(), superAdmin, 0, false, 0, 7, 0, false, false);
    }

    @Test
    void theExecutionRequestIsBuiltAsTheContractSays() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.admin.invoke(
                "demo",
                PluginRequest.to("get", "/run/a%20b/?q=1+2&q=%33")
                        .header("AUTHORIZATION", "Bearer secret")
                        .header("Cookie", "a=b")
                        .identity(caller(true))
                        .timeout(Duration.ofSeconds(3))
                        .build());
        ExecutionRequest execution = node.engine.executions.get(0);
        assertThat(execution.requestId()).isEqualTo("demo:get:/run/a%20b/");
        ExecutionRequest.Route route = execution.route();
        assertThat(route.method()).isEqualTo("GET");
        assertThat(route.publicPath()).isEqualTo("/x/demo/run/a%20b/");
        assertThat(route.internalPath()).isEqualTo("/run/a%20b/");
        assertThat(route.routePath()).isEqualTo("/run/{name}");
        assertThat(route.requestType()).isEqualTo("Run");
        assertThat(route.pathParams()).isEqualTo(Map.of("name", "a%20b"));
        assertThat(route.queryValues()).isEqualTo(Map.of("q", List.of("1 2", "3")));
        assertThat(execution.http().orElseThrow().headers()).containsOnlyKeys("Cookie");
        assertThat(execution.identity())
                .as("a public route tells nobody's identity")
                .isEmpty();
        assertThatThrownBy(() -> execution.http().orElseThrow().caller().identify())
                .hasMessage("Missing Authorization header");
        assertThat(execution.timeout()).contains(Duration.ofSeconds(3));
    }

    @Test
    void aLoginRouteNeedsAnIdentity() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        assertThatThrownBy(() -> node.admin.invoke(
                        "demo", PluginRequest.to("POST", "/private").build()))
                .isInstanceOfSatisfying(
                        PluginCallException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(PluginCallException.Reason.UNAUTHORIZED))
                .hasMessage("Missing Authorization header");
        node.admin.invoke(
                "demo",
                PluginRequest.to("POST", "/private").identity(caller(false)).build());
        assertThat(node.engine.executions.get(0).identity()).isPresent();
        assertThat(node.engine.executions.get(0).tenantId()).isEqualTo(7);
    }

    @Test
    void aMissingPermissionIsForbidden() {
        RouteTable routes = new RouteTable(Samples.descriptor("demo", "1.0.0").routes());
        PluginRequest nobody = PluginRequest.to("POST", "/private")
                .identity(caller(false, "demo:run:write"))
                .build();
        assertThatThrownBy(() -> RouteCall.of(Samples.descriptor("demo", "1.0.0"), routes, nobody)
                        .admitted(EVERYBODY))
                .hasMessage("Permission denied");
        for (Identity allowed : List.of(caller(true), caller(false, "demo:run:read"))) {
            PluginRequest request =
                    PluginRequest.to("POST", "/private").identity(allowed).build();
            assertThat(admitted(routes, request)).isEqualTo("demo:run:read");
        }
    }

    private static String admitted(RouteTable routes, PluginRequest request) {
        try {
            return RouteCall.of(Samples.descriptor("demo", "1.0.0"), routes, request)
                    .admitted(EVERYBODY)
                    .route()
                    .permission();
        } catch (PluginCallException failure) {
            return failure.getMessage();
        }
    }

    @Test
    void manyFirstCallsLoadOnce() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int index = 0; index < 8; index++) {
            calls.add(CompletableFuture.supplyAsync(this::callDemo));
        }
        for (CompletableFuture<String> call : calls) {
            assertThat(call.get()).isEqualTo("1.0.0 ");
        }
        assertThat(node.engine.steps).containsOnlyOnce("load 1.0.0");
    }

    private String callDemo() {
        try {
            return node.call("demo");
        } catch (AdminException | PluginCallException failure) {
            return "failed: " + failure;
        }
    }

    @Test
    void aRunningExecutionFinishesOnTheOldReleaseWhichThenUnloads() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        node.engine.duringExecution = () -> {
            running.countDown();
            await(finish);
        };
        CompletableFuture<String> old = CompletableFuture.supplyAsync(this::callDemo);
        await(running);
        node.engine.duringExecution = () -> {};
        node.install(node.artifact("demo", "1.1.0"));
        assertThat(node.call("demo")).isEqualTo("1.1.0 ");
        assertThat(node.engine.steps).doesNotContain("close 1.0.0");
        finish.countDown();
        assertThat(old.get()).isEqualTo("1.0.0 ");
        node.close();
        assertThat(node.published).containsSubsequence("+demo 1.0.0", "=demo 1.1.0", "-demo");
        assertThat(node.published).containsOnlyOnce("+demo 1.0.0");
    }

    @Test
    void upgradesUnderLoadFailNoCall() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        AtomicBoolean stop = new AtomicBoolean();
        List<CompletableFuture<List<String>>> callers = new ArrayList<>();
        for (int index = 0; index < 4; index++) {
            callers.add(CompletableFuture.supplyAsync(() -> {
                List<String> bad = new ArrayList<>();
                while (!stop.get()) {
                    String answer = callDemo();
                    if (!answer.startsWith("1.")) {
                        bad.add(answer);
                    }
                }
                return bad;
            }));
        }
        for (int minor = 1; minor <= 30; minor++) {
            node.install(node.artifact("demo", "1." + minor + ".0"));
        }
        stop.set(true);
        for (CompletableFuture<List<String>> caller : callers) {
            assertThat(caller.get()).isEmpty();
        }
        assertThat(node.call("demo")).isEqualTo("1.30.0 ");
    }

    @Test
    void anUpgradeThatCannotBeLoadedLeavesTheOldReleaseServing() throws Exception {
        PluginView before = node.install(node.artifact("demo", "1.0.0"));
        node.call("demo");
        node.engine.refuseLoad = Optional.of(new EngineException(EngineException.Reason.UNAVAILABLE, "no memory"));
        Path newer = node.artifact("demo", "1.1.0");
        assertThatThrownBy(() -> node.install(newer))
                .hasMessage("upgrade of plugin 'demo' from version 1.0.0 to 1.1.0 failed in phase release: no memory;"
                        + " nothing was changed, version 1.0.0 keeps serving");
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
        assertThat(node.archived()).hasSize(1);
        assertThat(node.admin.plugin("demo")).contains(before);
        node.engine.refuseLoad = Optional.empty();
        assertThat(node.install(newer).servingVersion()).isEqualTo("1.1.0");
    }

    @Test
    void callsWaitForAnEngineThatComesBack() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.call("demo");
        Plugin service = node.services.get("demo");
        swapOut();
        CompletableFuture<String> held = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(
                        service.call(PluginRequest.to("GET", "/run/x").build()).body(), StandardCharsets.UTF_8);
            } catch (PluginCallException failure) {
                return "failed: " + failure;
            }
        });
        node.engines.add(node.engine);
        assertThat(held.get()).isEqualTo("1.0.0 ");
        assertThat(node.services).containsValue(service);
        assertThat(node.engine.steps.stream().filter("load 1.0.0"::equals)).hasSize(2);
        assertThat(node.engine.steps)
                .as("an engine that has left is not called")
                .doesNotContain("close 1.0.0");
    }

    @Test
    void anEngineIsToldWhatTheOneBeforeKnewOfHostServices() throws Exception {
        swapOut();
        LittleEngine next = new LittleEngine();

        node.engines.add(next);

        assertThat(next.expected).isEqualTo(node.engine.hostServices());
    }

    private void swapOut() throws AdminException {
        EngineGate.Generation gone = node.engines.remove(node.engine).orElseThrow();
        node.door.node().plugins().forget(gone);
    }

    @Test
    void withoutAnEngineCallsAreToldThatItRestarts() throws Exception {
        node.close();
        try (TestNode impatient = new TestNode(temp, Duration.ZERO)) {
            impatient.door.open();
            impatient.install(impatient.artifact("demo", "1.0.0"));
            impatient.engines.remove(impatient.engine);
            assertThatThrownBy(() -> impatient.call("demo"))
                    .isInstanceOfSatisfying(
                            PluginCallException.class,
                            failure -> assertThat(failure.reason()).isEqualTo(PluginCallException.Reason.RESTARTING));
        }
    }

    @Test
    void anEngineThatLeavesIsHeldBackForItsCallers() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        node.engine.duringExecution = () -> {
            running.countDown();
            await(finish);
        };
        CompletableFuture<String> call = CompletableFuture.supplyAsync(this::callDemo);
        await(running);
        CompletableFuture<Integer> leaving = CompletableFuture.supplyAsync(() -> {
            node.engines.remove(node.engine);
            return node.engine.running.get();
        });
        finish.countDown();
        assertThat(call.get()).isEqualTo("1.0.0 ");
        assertThat(leaving.get())
                .as("executions still running when it was let go")
                .isZero();
        assertThat(node.engines.overstayed()).isZero();
    }

    @Test
    void whatTheEngineGaveUpIsDisabledDurablyUntilAnOperatorEnablesIt() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.engine.runaway = true;
        assertThatThrownBy(() -> node.call("demo")).hasMessage("deadline");
        await(node.givenUp);
        node.close();
        try (TestNode again = TestNode.opened(temp)) {
            PluginView view = again.admin.plugin("demo").orElseThrow();
            assertThat(view.state()).isEqualTo(PluginView.State.DISABLED);
            assertThat(view.notes()).contains("disabled: given up by the engine: a guest could not be stopped");
            again.admin.enable("demo", "anna");
            assertThat(again.call("demo")).isEqualTo("1.0.0 ");
        }
    }

    @Test
    void aStoppedNodeAnswersRestarting() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        Plugin service = node.services.get("demo");
        node.close();
        assertThatThrownBy(() -> service.call(PluginRequest.to("GET", "/run/x").build()))
                .isInstanceOfSatisfying(
                        PluginCallException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(PluginCallException.Reason.RESTARTING));
    }

    @Test
    void requestsAreCounted() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.call("demo");
        assertThatThrownBy(() ->
                        node.admin.invoke("demo", PluginRequest.to("GET", "/no").build()))
                .isInstanceOf(PluginCallException.class);
        assertThat(new LifecycleMetrics(node.door, node.engines).metrics())
                .filteredOn(metric -> metric.value() > 0)
                .extracting(metric -> metric.name() + metric.labels())
                .containsExactlyInAnyOrder(
                        "patchbay_plugins{state=enabled}",
                        "patchbay_plugin_requests_answered_total{plugin=demo}",
                        "patchbay_plugin_requests_failed_total{plugin=demo, reason=no_route}");
    }
}
