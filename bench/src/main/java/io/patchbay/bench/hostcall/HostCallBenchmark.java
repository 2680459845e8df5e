// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.hostcall;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One host call of a guest, from its {@code host_call} to the bytes in its memory, in a framework with the shipped bundles.
 * Each execution makes {@link #TURNS} calls, so that what it costs to begin and end it is spread thin.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(HostCallBenchmark.TURNS)
public class HostCallBenchmark {
    /** Host calls of one execution; its limit is 100,000. */
    static final int TURNS = 50_000;

    private static final String KEY = "hot";

    /** A node with one plugin that may do everything. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // the harness calls start first
    public static class Node {
        private final RuntimeCall now = RuntimeCall.valid("info.now");
        private final RuntimeCall get = RuntimeCall.get(KEY);
        private EmbeddedNode node;
        private RelayPlugin plugin;

        /** Starts it. */
        @Setup
        public void start() throws Exception {
            Path folder = Files.createTempDirectory("patchbay-hostcall-");
            node = EmbeddedNode.start(folder);
            plugin = RelayPlugin.install(node, "hostcall", folder);
            plugin.grant(List.of("info.now", "state.get", "state.set"));
            if (plugin.call(RuntimeCall.set(KEY, "0123456789abcdef".repeat(4))).status() != 0) {
                throw new AssertionError("the key cannot be set");
            }
        }

        /** Stops it. */
        @TearDown
        public void stop() throws Exception {
            node.close();
        }
    }

    /** The engine without any of our code. */
    @State(Scope.Benchmark)
    public static class Engine {
        private final BareEngine bare = new BareEngine();
    }

    /** A host call that does nothing, in the engine alone. */
    @Benchmark
    public void noop(Engine engine) {
        engine.bare.call(TURNS);
    }

    /** {@code info.now} of the provider {@code system}. */
    @Benchmark
    public byte[] infoNow(Node node) {
        return node.plugin.callRaw(node.now, TURNS);
    }

    /** {@code state.get} of a 64-byte value of the provider {@code sqlite}. */
    @Benchmark
    public byte[] stateGet(Node node) {
        return node.plugin.callRaw(node.get, TURNS);
    }
}
