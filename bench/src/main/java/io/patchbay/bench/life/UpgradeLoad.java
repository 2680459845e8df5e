// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.examples.app.ReportDesk;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * Claims that a plugin which is upgraded and rolled back while HTTP clients and an ordinary bundle call it answers every
 * request, each by exactly one release; and that an upgrade that fails, in whichever phase, changes nothing.
 */
public final class UpgradeLoad implements NamedRun {
    private static final int CLIENTS = 8;
    private static final int UPGRADES_A_ROLLBACK = 4;
    private static final int SHORT = 3;
    private static final int LONG = 50;
    private static final int FAILS_EVERY = 5;
    private static final int TELLS_EVERY = 10;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String APP = "io.patchbay.examples.app";
    private static final String DESK = "(osgi.command.scope=report)";

    @Override
    public String name() {
        return "upgrade-load";
    }

    @Override
    public String description() {
        return "a plugin upgraded and rolled back under HTTP clients and a bundle that calls it: no request fails, each is"
                + " answered by one release; failing upgrades change nothing";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        int rollbacks = options.repetitions(SHORT, LONG);
        Path folder = options.scratch();
        try (EmbeddedNode node = EmbeddedNode.start(folder)) {
            int port = node.addHttp();
            Path example = options.root().resolve("examples/export-report");
            UnaryOperator<String> exampleDesk = openDesk(node, example);
            String exported = exampleDesk.apply("monday");
            report.count(
                    "report-by-the-example", exported.contains("\"taskId\":\"monday\"") ? 1 : 0, Target.exactly(1));

            ReleaseOperator operator = new ReleaseOperator(node, folder);
            operator.install();
            Map<String, Object> service = identity(operator);
            node.configure(APP, Map.of("plugin.target", "(patchbay.plugin=" + ReleaseOperator.PLUGIN + ")"));
            List<ReleaseCaller> callers = callers(port, deskOf(node, exampleDesk), operator.order());
            List<ReleaseCaller> inside = callers.subList(CLIENTS, callers.size());
            callers.forEach(Thread::start);
            long failing = 0;
            for (int i = 1; i <= rollbacks; i++) {
                for (int j = 0; j < UPGRADES_A_ROLLBACK; j++) {
                    operator.upgrade();
                    awaitAnswers(callers);
                }
                operator.rollBack();
                awaitAnswers(callers);
                if (options.shortForm() ? i == rollbacks : i % FAILS_EVERY == 0) {
                    failing += failInEachPhase(operator, callers);
                }
                if (i % TELLS_EVERY == 0 || i == rollbacks) {
                    System.err.println("upgrade-load: " + i + " of " + rollbacks + " rounds");
                }
            }
            for (ReleaseCaller caller : callers) {
                caller.end();
            }
            report.count("upgrades", (long) rollbacks * UPGRADES_A_ROLLBACK, Target.none());
            report.count("rollbacks", rollbacks, Target.none());
            report.never("changes-refused", operator.refused());
            report.count("requests-http", sum(callers.subList(0, CLIENTS), ReleaseCaller::answered), Target.atLeast(1));
            report.count("requests-app", sum(inside, ReleaseCaller::answered), Target.atLeast(1));
            report.never("failed", sum(callers, ReleaseCaller::failed));
            report.never("answered-by-two-releases", sum(callers, ReleaseCaller::mixed));
            report.never("answered-by-another-release", sum(callers, ReleaseCaller::foreign));
            report.count("failing-upgrades", failing, Target.atLeast(FailingUpgrade.values().length));
            report.never("failed-otherwise", operator.unlikeFailure());
            report.never("changed-by-failing", operator.changedByFailure());
            report.never("service-replaced", identity(operator).equals(service) ? 0 : 1);
        }
    }

    /** Installs the example plugin and the example application that calls it, as a reader of the documentation does. */
    private static UnaryOperator<String> openDesk(EmbeddedNode node, Path example) throws Exception {
        node.must("change", Map.of("request", "install", "path", example.toString(), "enable", true, "all", true));
        node.add(ReportDesk.class);
        return desk(node);
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<String> desk(EmbeddedNode node) throws Exception {
        return node.service(UnaryOperator.class, DESK);
    }

    /** The application's service once its settings have changed. */
    private static UnaryOperator<String> deskOf(EmbeddedNode node, UnaryOperator<String> earlier) throws Exception {
        Eventually.holds(PATIENCE, () -> desk(node) != earlier);
        return desk(node);
    }

    private static Map<String, Object> identity(ReleaseOperator operator) {
        Map<String, Object> service = operator.service();
        return Map.of("id", service.get("service.id"), "object", service.get("object"));
    }

    private static List<ReleaseCaller> callers(int port, UnaryOperator<String> desk, ServingOrder order) {
        List<ReleaseCaller> callers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            callers.add(new ReleaseCaller(i, token -> get(client, port, token), order));
        }
        callers.add(new ReleaseCaller(CLIENTS, token -> desk.apply(token).getBytes(StandardCharsets.UTF_8), order));
        return List.copyOf(callers);
    }

    private static byte[] get(HttpClient client, int port, String token) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/x/" + ReleaseOperator.PLUGIN + "/export?taskId=" + token);
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != OK) {
            throw new AssertionError(response.statusCode() + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body();
    }

    private static long failInEachPhase(ReleaseOperator operator, List<ReleaseCaller> callers)
            throws IOException, InterruptedException {
        for (FailingUpgrade how : FailingUpgrade.values()) {
            operator.fail(how);
            awaitAnswers(callers);
        }
        return FailingUpgrade.values().length;
    }

    /** Waits until each caller has had an answer to a request that it sent after this. */
    private static void awaitAnswers(List<ReleaseCaller> callers) {
        List<Long> before = callers.stream().map(ReleaseCaller::answered).toList();
        Eventually.holds(PATIENCE, () -> {
            for (int i = 0; i < callers.size(); i++) {
                if (callers.get(i).answered() < before.get(i) + 2) {
                    return false;
                }
            }
            return true;
        });
    }

    private static long sum(List<ReleaseCaller> callers, ToLongFunction<ReleaseCaller> figure) {
        return callers.stream().mapToLong(figure).sum();
    }
}
