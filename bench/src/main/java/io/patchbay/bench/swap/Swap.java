// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.swap;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.wire.HostCallResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;

/**
 * Swaps the provider of one kind between the probe's ({@code old}) and the one of a bundle of its own ({@code spare}, ranked
 * higher) by starting and stopping that bundle. One thread at a time.
 */
final class Swap {
    private static final String OLD = "old";
    private static final String SPARE = "spare";
    private static final long LIMIT_SECONDS = 20;
    private static final long GAP_MILLIS = 100;

    private final EmbeddedNode node;
    private final RelayPlugin plugin;
    private final SwappedKind kind;
    private final Bundle spare;
    private final ExecutorService callers;
    private long calls;
    private long failed;
    private long stale;

    /**
     * What happened.
     *
     * @param straddled calls that began on the old provider before a swap and ended on it after
     * @param returned calls that waited for a provider that came back inside the grace
     * @param calls all calls
     * @param failed calls with another status than 0
     * @param stale calls that began after a swap and were answered by the provider that had been replaced
     */
    record Counts(long straddled, long returned, long calls, long failed, long stale) {}

    Swap(EmbeddedNode node, RelayPlugin plugin, SwappedKind kind, Bundle spare, ExecutorService callers) {
        this.node = node;
        this.plugin = plugin;
        this.kind = kind;
        this.spare = spare;
        this.callers = callers;
    }

    /** Begins and ends with the old provider serving and the spare bundle stopped. */
    Counts run(int rounds) throws Exception {
        await(OLD);
        require(OLD, call());
        long straddled = 0;
        for (int round = 0; round < rounds; round++) {
            straddled += straddle() ? 1 : 0;
        }
        if (kind.bearsLoad()) {
            underLoad(rounds);
        }
        long returned = 0;
        spare.start();
        await(SPARE);
        node.must("bind", Map.of("kind", kind.kind(), "provider", SPARE));
        // Both providers of state are on one store: with the old one there, nobody would have to wait.
        node.must("unregister", Map.of("kind", kind.kind(), "name", OLD));
        for (int round = 0; round < rounds; round++) {
            returned += comeBack() ? 1 : 0;
        }
        registerOld(node, kind);
        node.must("bind", Map.of("kind", kind.kind(), "provider", OLD));
        spare.stop();
        return new Counts(straddled, returned, calls, failed, stale);
    }

    /** A call is inside the old provider while the spare one takes over. */
    private boolean straddle() throws Exception {
        ask("hold");
        Future<Answer> straddler = callers.submit(this::call);
        if (!Boolean.TRUE.equals(ask("awaitEntered").get("entered"))) {
            throw new AssertionError("no call reached the old " + kind.kind());
        }
        spare.start();
        await(SPARE);
        require(SPARE, call());
        boolean waits = !straddler.isDone();
        ask("release");
        Answer answer = straddler.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        count(answer);
        boolean onOld = answer.ok() && (answer.text().isEmpty() || answer.text().contains(kind.oldValue()));
        spare.stop();
        await(OLD);
        require(OLD, call());
        return waits && onOld;
    }

    /** Two callers call all the time while the spare bundle starts and stops. */
    private void underLoad(int rounds) throws Exception {
        Expectation expectation = new Expectation();
        try (Load load = new Load(expectation, this::call, callers, 2)) {
            for (int round = 0; round < rounds; round++) {
                expectation.anything();
                spare.start();
                await(SPARE);
                expectation.only(kind.spareValue());
                load.awaitCalls();
                expectation.anything();
                spare.stop();
                await(OLD);
                expectation.only(kind.oldValue());
                load.awaitCalls();
            }
            load.end();
            calls += load.calls();
            failed += load.failed();
            stale += load.stale();
        }
    }

    /** A call comes while the bound provider's bundle is stopped, and the bundle is started again. */
    private boolean comeBack() throws Exception {
        await(SPARE);
        spare.stop();
        Future<HostCallResponse> caller = callers.submit(() -> plugin.call(kind.call()));
        boolean waited = false;
        try {
            // Long enough for the call to reach the slot, short against the grace of 2 s.
            caller.get(GAP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            waited = true;
        }
        spare.start();
        HostCallResponse response = caller.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        calls++;
        failed += response.status() == 0 ? 0 : 1;
        String text = new String(response.payload(), StandardCharsets.UTF_8);
        // A log entry waits for nobody: meanwhile the framework's log takes it (contract D13).
        return response.status() == 0 && text.contains(kind.spareValue()) && (waited || kind == SwappedKind.LOG);
    }

    private Map<String, Object> ask(String command) {
        return node.must(command, Map.of("kind", kind.kind(), "name", OLD));
    }

    /** Waits until the patch bay says that this provider serves the plugin. */
    private void await(String provider) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Object serving;
        do {
            serving = node.must("bindings", Map.of("plugin", plugin.id())).get(kind.kind());
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(kind.kind() + " is served by " + serving + ", not by " + provider);
            }
        } while (!provider.equals(serving));
    }

    /** Counts an answer that must have come from one provider: by its value, else by the old one's count of calls. */
    private void require(String provider, Answer answer) {
        count(answer);
        boolean byOld = answer.text().isEmpty()
                ? answer.oldCallsAfter() > answer.oldCallsBefore()
                : answer.text().contains(kind.oldValue());
        if (answer.ok() && byOld != provider.equals(OLD)) {
            stale++;
        }
    }

    private void count(Answer answer) {
        calls++;
        failed += answer.ok() ? 0 : 1;
    }

    private long oldCalls() {
        return ((Number) ask("calls").getOrDefault("calls", -1)).longValue();
    }

    private Answer call() {
        long before = oldCalls();
        HostCallResponse response = plugin.call(kind.call());
        String text = new String(response.payload(), StandardCharsets.UTF_8);
        if (response.status() != 0) {
            System.err.println(kind.kind() + ": status " + response.status() + " " + text);
        }
        return new Answer(response.status() == 0, text, before, oldCalls());
    }

    /** Registers the old provider of a kind; it ranks between the shipped and the spare one. */
    static void registerOld(EmbeddedNode node, SwappedKind kind) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("kind", kind.kind());
        arguments.put("name", OLD);
        arguments.put("ranking", 500);
        arguments.put("value", kind.oldValue());
        arguments.put("store", "shared");
        node.must("register", arguments);
    }

    /** What a call gave, and how many calls the old provider had seen before and after. */
    record Answer(boolean ok, String text, long oldCallsBefore, long oldCallsAfter) {}
}
