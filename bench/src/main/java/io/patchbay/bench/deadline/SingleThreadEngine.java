// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.deadline;

import io.patchbay.admin.Metric;
import io.patchbay.artifact.Artifact;
import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactReader;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.artifact.module.ModuleLimits;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.Progress;
import io.patchbay.port.Release;
import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.engine.InProcessCompiler;
import io.patchbay.wasmhost.engine.InstanceLimits;
import io.patchbay.wasmhost.execution.CompiledArtifacts;
import io.patchbay.wasmhost.execution.EngineSettings;
import io.patchbay.wasmhost.execution.ExecutionIds;
import io.patchbay.wasmhost.execution.ExecutionLimits;
import io.patchbay.wasmhost.execution.WasmEngine;
import io.patchbay.wasmhost.hostcall.HostCallLimits;
import io.patchbay.wasmhost.hostcall.HostServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine with one guest thread, as plain Java, and a host service {@code runtime} that answers {@code info.now}. */
final class SingleThreadEngine implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long STACK_BYTES = 8L << 20;
    private static final int NODE_PAGES = 16_384;
    private static final String SERVICE = "runtime";
    private static final String METHOD = "info.now";

    /** Nothing but the deadline ends a guest here, however many calls it makes. */
    private static final ExecutionLimits ONLY_DEADLINE = new ExecutionLimits(
            ExecutionLimits.DEFAULT.deadline(),
            ExecutionLimits.DEFAULT.ceiling(),
            ExecutionLimits.DEFAULT.memoryPages(),
            ExecutionLimits.DEFAULT.concurrency(),
            ExecutionLimits.DEFAULT.queue(),
            new HostCallLimits(
                    Long.MAX_VALUE, HostCallLimits.DEFAULT.requestBytes(), HostCallLimits.DEFAULT.responseBytes()),
            Long.MAX_VALUE,
            ExecutionLimits.DEFAULT.bridgeRequestBytes(),
            ExecutionLimits.DEFAULT.bridgeResponseBytes());

    private final AtomicInteger runaways = new AtomicInteger();
    private final ArtifactReader reader = new ArtifactReader(ModuleLimits.DEFAULTS);
    private final Path folder;
    private final WasmEngine engine;
    private final Guest next;

    /**
     * How an execution ended.
     *
     * @param answered whether the guest gave an answer
     * @param millisAfterDeadline when its thread had come back; negative when that was before the deadline
     */
    record End(boolean answered, double millisAfterDeadline) {}

    SingleThreadEngine(Path folder) throws Exception {
        this.folder = folder;
        AtomicInteger incidents = new AtomicInteger();
        HostServices services = new HostServices(
                (what, cause) -> "incident-" + incidents.incrementAndGet(),
                () -> new HostServices.Timing(Duration.ofSeconds(1), Duration.ofSeconds(1)));
        services.offer(1, 0, SERVICE, new Now());
        engine = new WasmEngine(
                new EngineSettings(
                        ONLY_DEADLINE,
                        new GuestThreads.Settings(1, STACK_BYTES),
                        new HostServices.Timing(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                        NODE_PAGES,
                        NODE_PAGES),
                services,
                (what, cause) -> "incident-" + incidents.incrementAndGet(),
                new ExecutionIds(),
                CompiledArtifacts.inMemory(),
                new InProcessCompiler(InstanceLimits.DEFAULT),
                plugin -> runaways.incrementAndGet());
        next = load("next", Guests.noop());
    }

    /** Loads a guest, with {@code info.now} granted. */
    Guest load(String id, byte[] module) throws IOException, ArtifactException, EngineException {
        byte[] bytes = new GuestArtifact(id).requests(SERVICE, METHOD).of(module);
        Artifact artifact = reader.read(bytes, id);
        Path archive = Files.write(folder.resolve(artifact.sha256() + ".wasm"), bytes);
        Release release = new Release(artifact.descriptor(), artifact.sha256(), archive);
        return new Guest(id, engine.load(release, List.of(Grant.of(SERVICE, METHOD)), Progress.NONE));
    }

    /** Whether another plugin's execution gets the thread and an answer. */
    boolean answersNext() {
        return next.run(PATIENCE).answered();
    }

    /** How many plugins were given up because a guest did not stop. */
    int runaways() {
        return runaways.get();
    }

    private double running() {
        return engine.metrics().stream()
                .filter(metric -> metric.name().equals("patchbay_guests_running"))
                .mapToDouble(Metric::value)
                .sum();
    }

    @Override
    public void close() {
        next.close();
        engine.close();
    }

    /** A loaded plugin. */
    final class Guest implements AutoCloseable {
        private final String id;
        private final LoadedRelease release;

        private Guest(String id, LoadedRelease release) {
            this.id = id;
            this.release = release;
        }

        /** Runs it with a deadline of 50 ms. */
        End run() {
            return run(TIMEOUT);
        }

        private End run(Duration timeout) {
            long deadline = System.nanoTime() + timeout.toNanos();
            boolean answered = true;
            try {
                release.execute(request(timeout));
            } catch (PluginCallException ended) {
                answered = false;
            }
            long end = deadline + TimeUnit.SECONDS.toNanos(2);
            while (running() > 0 && System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            return new End(answered, (System.nanoTime() - deadline) / 1e6);
        }

        private ExecutionRequest request(Duration timeout) {
            ExecutionRequest.Route route = new ExecutionRequest.Route(
                    "GET", "/x/" + id + "/run", "/run", "/run", "public", "", "Run", Map.of(), Map.of());
            return new ExecutionRequest(
                    ExecutionRequest.Source.ROUTE,
                    "bench",
                    route,
                    Optional.of(PluginRequest.to("GET", "/run").build()),
                    Optional.empty(),
                    Optional.of(timeout));
        }

        @Override
        public void close() {
            release.close();
        }
    }

    /** The host service: one method, one fixed answer. */
    private static final class Now implements HostService {
        @Override
        public HostServiceDescriptor descriptor() {
            return new HostServiceDescriptor(SERVICE, ResourceKind.NONE, List.of(METHOD));
        }

        @Override
        public HostMethod bind(PluginContext plugin, String method) {
            return call -> call.response().string(1, "1753228800123");
        }
    }
}
