// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.http;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.JavaCommand;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.wire.HostCallResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests over HTTP: how many a second, and how long each takes, for one small plugin, many, and one made with Go, each
 * request with fresh state; beside the same servlet with nothing behind it. Server and load are a process each. The rate is
 * that of connections which wait for their answers; the times are taken at half that rate, from when a request was due.
 */
public final class HttpRun implements NamedRun {
    private static final int CONNECTIONS = 8;
    private static final int OK = 200;
    private static final double SHARE = 0.5;
    private static final int COUNT = 20;
    private static final HttpLoad.Extent FULL = HttpLoad.Extent.ofTime(5_000, 20_000);
    private static final byte[] NOTHING = new byte[0];

    /** An opcode that there is none of: the host answers without asking a provider. */
    private static final int NO_OPCODE = 2;

    /** What the guest gets then (contract 1.4), and answers. */
    private static final String UNKNOWN_OPCODE =
            "{\"errorCode\":\"HOST_CALL_NOT_FOUND\",\"messageKey\":\"error.host_call.not_found\",\"fallback\":"
                    + "\"unknown host call opcode: 0x0002\"}";

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String description() {
        return "requests/s, p50, p99 and p99.9 over HTTP, each with fresh state, beside the servlet alone";
    }

    /** One kind of request. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Scenario(String name, List<String> paths, byte[] body, byte[] answer) {}

    private static List<Scenario> scenarios() {
        byte[] answer = HttpServerNode.ANSWER.getBytes(StandardCharsets.UTF_8);
        List<String> many = IntStream.range(0, HttpServerNode.SMALL)
                .mapToObj(number -> "/x/" + HttpServerNode.small(number) + "/run")
                .toList();
        return List.of(
                new Scenario("servlet-alone", List.of("/x/" + HttpServerNode.BARE + "/run"), NOTHING, answer),
                new Scenario("one-plugin", many.subList(0, 1), NOTHING, answer),
                new Scenario("twenty-plugins", many, NOTHING, answer),
                new Scenario(
                        "go-plugin",
                        List.of("/x/" + HttpServerNode.GO + "/relay"),
                        ByteBuffer.allocate(4).putInt(NO_OPCODE).array(),
                        refused()));
    }

    private static byte[] refused() {
        FieldWriter out = new FieldWriter();
        new HostCallResponse(2, UNKNOWN_OPCODE.getBytes(StandardCharsets.UTF_8)).encode(out);
        return out.toByteArray();
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        Process server = java(
                List.of("-XX:-DontCompileHugeMethods", "-XX:+UseZGC"),
                HttpServerNode.class,
                List.of(
                        options.scratch().toString(),
                        options.root().resolve("itests/guests/go/relay").toString()));
        try {
            int port = port(server);
            long wrong = 0;
            long failed = 0;
            for (Scenario scenario : scenarios()) {
                if (options.shortForm()) {
                    HttpLoad.Outcome counted = load(port, scenario, HttpLoad.Extent.ofCount(COUNT));
                    report.count(
                            scenario.name() + "-answered",
                            counted.answered(),
                            Target.exactly((long) CONNECTIONS * COUNT));
                    wrong += counted.wrong();
                    failed += counted.failed();
                    continue;
                }
                HttpLoad.Outcome rate = load(port, scenario, FULL);
                HttpLoad.Outcome times = load(port, scenario, FULL.at(rate.rate() * SHARE));
                report.figure(scenario.name() + "-rate", rate.rate(), "1/s", Target.none());
                report.figure(scenario.name() + "-p50", times.p50() / 1e3, "ms", Target.none());
                report.figure(scenario.name() + "-p99", times.p99() / 1e3, "ms", Target.none());
                report.figure(scenario.name() + "-p99.9", times.p999() / 1e3, "ms", Target.none());
                wrong += rate.wrong() + times.wrong();
                failed += rate.failed() + times.failed();
            }
            report.never("wrong-answers", wrong);
            report.never("failed-requests", failed);
        } finally {
            server.destroyForcibly();
        }
    }

    private static HttpLoad.Outcome load(int port, Scenario scenario, HttpLoad.Extent extent)
            throws IOException, InterruptedException {
        HttpLoad.Plan plan =
                new HttpLoad.Plan(port, scenario.paths(), scenario.body(), OK, scenario.answer(), CONNECTIONS, extent);
        Process load = java(List.of(), HttpLoad.class, plan.arguments());
        try (BufferedReader out = load.inputReader(StandardCharsets.US_ASCII)) {
            String line = out.readLine();
            if (load.waitFor() != 0 || line == null) {
                throw new AssertionError("the load ended without a result");
            }
            return HttpLoad.Outcome.of(line);
        } finally {
            load.destroyForcibly();
        }
    }

    private static Process java(List<String> flags, Class<?> main, List<String> arguments) throws IOException {
        return new ProcessBuilder(JavaCommand.of(flags, main, arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int port(Process server) throws IOException {
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("port ")) {
                return Integer.parseInt(line.substring("port ".length()));
            }
        }
        throw new AssertionError("the server did not start");
    }
}
