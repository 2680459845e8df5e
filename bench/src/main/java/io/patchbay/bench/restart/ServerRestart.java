// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.restart;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RelayedState;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.bench.node.ServerKind;
import io.patchbay.bench.restart.Tally.Event;
import io.patchbay.itests.harness.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Claims that a server which is restarted under load, in order or by a crash, makes calls wait or answer {@code
 * PROVIDER_UNAVAILABLE} within the grace time, and loses nothing.
 */
public final class ServerRestart implements NamedRun {
    private static final long GRACE_MILLIS = 2_000;
    private static final int CALLERS = 8;
    private static final int SHORT = 2;
    private static final int LONG = 20;
    private static final int SETTLE_MILLIS = 500;

    /** An outage that ends so long before the grace is over is seen by every call that waits. */
    private static final long NOTICED_MILLIS = 750;

    @Override
    public String name() {
        return "server-restart";
    }

    @Override
    public String description() {
        return "PostgreSQL and Redis restarted under load: calls wait or say so within the grace time, nothing is lost";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        report.figure("grace", GRACE_MILLIS, "ms", Target.none());
        for (ServerKind kind : ServerKind.values()) {
            Path folder = Files.createDirectory(options.scratch().resolve(kind.provider() + "-run"));
            try (ServerKind.Address server = kind.startIn(folder);
                    EmbeddedNode node = start(folder, kind, server.address())) {
                new Restarts(options, kind, server.server()).run(node, folder, report);
            }
        }
    }

    private static EmbeddedNode start(Path folder, ServerKind kind, String address) throws Exception {
        return EmbeddedNode.start(
                folder,
                new EmbeddedNode.Setup(
                        Map.of(
                                "io.patchbay.bay",
                                Map.of("grace.millis", GRACE_MILLIS),
                                kind.pid(),
                                kind.settings(address)),
                        Set.of(),
                        ServerKind.bundles()));
    }

    /** The restarts of one server. */
    private static final class Restarts {
        private final RunOptions options;
        private final ServerKind kind;
        private final TestServer server;
        private final Tally tally;
        private final SplittableRandom random;
        private final List<PairCaller> callers = new ArrayList<>();
        private volatile boolean ended;
        private long unavailableInShortOutages;
        private long shortOutages;

        Restarts(RunOptions options, ServerKind kind, TestServer server) {
            this.options = options;
            this.kind = kind;
            this.server = server;
            tally = new Tally(kind.provider());
            random = new SplittableRandom(options.seed());
        }

        void run(EmbeddedNode node, Path folder, Report report) throws Exception {
            node.must("bindLasting", Map.of("kind", "state", "provider", kind.provider()));
            RelayPlugin plugin = RelayPlugin.install(node, "caller", folder);
            plugin.grant(RuntimeCall.METHODS);
            for (int i = 0; i < CALLERS; i++) {
                callers.add(new PairCaller("c" + i, new RelayedState(plugin, i % 2), tally));
            }
            int restarts = options.repetitions(SHORT, LONG);
            ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
            try {
                List<Future<?>> running = new ArrayList<>();
                callers.forEach(caller -> running.add(threads.submit(() -> call(caller))));
                for (int i = 0; i < 2 * restarts; i++) {
                    awaitTurns(running);
                    pause(random.nextInt(SETTLE_MILLIS));
                    restart(i % 2 == 0, i / 2 % 2 == 0);
                    System.err.println("server-restart: " + kind.provider() + ": " + (i + 1) + " of " + 2 * restarts
                            + " restarts, " + tally.calls() + " calls");
                }
                awaitTurns(running);
                ended = true;
                for (Future<?> caller : running) {
                    caller.get(1, TimeUnit.MINUTES);
                }
            } finally {
                ended = true;
                threads.shutdownNow();
            }
            report(report, 2 * restarts);
            if (tally.count(Event.FAILED) > 0) {
                explain(node);
            }
        }

        /** What the host's log says of calls that should not have failed; the guest was told an incident's id alone. */
        private void explain(EmbeddedNode node) {
            ((List<?>) node.must("frameworkLog", Map.of()).getOrDefault("lines", List.of()))
                    .stream()
                            .map(String::valueOf)
                            .filter(line -> line.contains("incident"))
                            .forEach(line -> System.err.println("server-restart: " + kind.provider() + ": " + line));
        }

        private void call(PairCaller caller) {
            while (!ended) {
                caller.turn();
            }
            caller.read();
        }

        private void restart(boolean crash, boolean brief) throws Exception {
            long unavailable = tally.count(Event.UNAVAILABLE);
            long begin = System.nanoTime();
            tally.serverLeaves();
            if (crash) {
                server.kill();
            } else {
                server.close();
            }
            tally.serverLeft();
            pause(brief ? random.nextInt(200) : (int) GRACE_MILLIS + random.nextInt((int) GRACE_MILLIS));
            server.start();
            long outage = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (outage < GRACE_MILLIS - NOTICED_MILLIS) {
                // Who waits gets through before this grace is over.
                pause((int) GRACE_MILLIS);
                shortOutages++;
                unavailableInShortOutages += tally.count(Event.UNAVAILABLE) - unavailable;
            }
        }

        /** Every caller makes some more turns: the server is used again. */
        private void awaitTurns(List<Future<?>> running) throws Exception {
            List<Long> before = callers.stream().map(PairCaller::turns).toList();
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            for (int i = 0; i < callers.size(); i++) {
                while (callers.get(i).turns() < before.get(i) + 3) {
                    if (running.get(i).isDone() || System.nanoTime() - end > 0) {
                        failed(running.get(i), i);
                    }
                    pause(10);
                }
            }
        }

        private static void failed(Future<?> caller, int number) throws InterruptedException {
            try {
                caller.get(0, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("caller " + number + " does not go on", e);
            }
        }

        /** The length of an outage is what is random here, so this waits on purpose. */
        private static void pause(int millis) throws InterruptedException {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        }

        private void report(Report report, int restarts) {
            String row = kind.provider() + "-";
            long bound = GRACE_MILLIS + kind.callTimeoutMillis();
            report.count(row + "restarts", restarts, Target.exactly(restarts));
            report.count(row + "calls", tally.calls(), Target.none());
            report.count(row + "calls-that-waited", tally.waited(), Target.atLeast(1));
            report.count(row + "calls-unavailable", tally.count(Event.UNAVAILABLE), Target.none());
            report.count(row + "short-outages", shortOutages, Target.none());
            report.never(row + "calls-unavailable-in-short-outages", unavailableInShortOutages);
            report.count(
                    row + "calls-inside-a-server-that-left",
                    tally.count(Event.IN_DOUBT),
                    Target.atMost((double) restarts * CALLERS));
            report.never(row + "calls-failed-otherwise", tally.count(Event.FAILED));
            report.figure(
                    row + "longest-until-unavailable",
                    tally.longestMillis(Event.UNAVAILABLE),
                    "ms",
                    Target.atMost(GRACE_MILLIS + 1_000.0));
            report.figure(
                    row + "longest-call",
                    Math.max(
                            tally.longestMillis(Event.DONE),
                            Math.max(tally.longestMillis(Event.UNAVAILABLE), tally.longestMillis(Event.IN_DOUBT))),
                    "ms",
                    Target.atMost((double) bound));
            report.count(row + "acknowledged-writes", tally.writes(), Target.atLeast(restarts));
            report.never(row + "lost-writes", tally.count(Event.LOST));
            report.never(row + "half-writes", tally.count(Event.HALF));
            report.never(row + "writes-that-were-said-not-to-be", tally.count(Event.PHANTOM));
        }
    }
}
