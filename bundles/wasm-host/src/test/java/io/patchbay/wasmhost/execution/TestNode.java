// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.port.ExecutionResult;
import io.patchbay.port.Grant;
import io.patchbay.port.HostServiceDeclaration;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Progress;
import io.patchbay.port.Release;
import io.patchbay.wasmhost.engine.CompiledArtifact;
import io.patchbay.wasmhost.engine.GuestThreads;
import io.patchbay.wasmhost.engine.InProcessCompiler;
import io.patchbay.wasmhost.engine.InstanceLimits;
import io.patchbay.wasmhost.hostcall.HostServices;
import io.patchbay.wire.HostCallResponse;
import io.patchbay.wire.HostServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A node of the tests without a framework: the real engine, host services of the tests, guests of the assembler. */
final class TestNode implements AutoCloseable {
    static final String PLUGIN = "demo-plugin";

    /** Compiled guests by digest, shared by all tests of a run: the same bytes compile to the same. */
    private static final Map<String, CompiledArtifact> COMPILED = new ConcurrentHashMap<>();

    final List<String> incidents = new CopyOnWriteArrayList<>();
    final List<Throwable> causes = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final HostServices services;
    final WasmEngine engine;
    private final AtomicInteger serviceIds = new AtomicInteger();

    TestNode() {
        this(ExecutionLimits.DEFAULT);
    }

    TestNode(ExecutionLimits limits) {
        this(limits, Duration.ofMillis(200), Duration.ofMillis(200), 4_096);
    }

    TestNode(ExecutionLimits limits, Duration drain, Duration grace, long pluginPages) {
        this(new EngineSettings(
                limits, GuestThreads.Settings.DEFAULT, new HostServices.Timing(drain, grace), 16_384, pluginPages));
    }

    TestNode(EngineSettings settings) {
        services = new HostServices(this::incident, settings::timing);
        engine = new WasmEngine(
                settings,
                services,
                this::incident,
                new ExecutionIds(),
                new SharedArtifacts(),
                new InProcessCompiler(InstanceLimits.DEFAULT),
                warnings::add);
    }

    /** Limits that differ from the defaults in the deadline. */
    static ExecutionLimits deadline(Duration deadline) {
        ExecutionLimits usual = ExecutionLimits.DEFAULT;
        return new ExecutionLimits(
                deadline,
                usual.ceiling(),
                usual.memoryPages(),
                usual.concurrency(),
                usual.queue(),
                usual.hostCalls(),
                usual.wasiCalls(),
                usual.bridgeRequestBytes(),
                usual.bridgeResponseBytes());
    }

    private String incident(String what, Throwable cause) {
        incidents.add(what);
        causes.add(cause);
        return "incident-" + incidents.size();
    }

    long provide(HostService service) {
        long id = serviceIds.incrementAndGet();
        services.offer(id, 0, service.descriptor().name(), service);
        return id;
    }

    LoadedRelease load(byte[] module, Grant... grants) {
        try {
            return engine.load(release(module, descriptor()), List.of(grants), Progress.NONE);
        } catch (EngineException e) {
            throw new AssertionError(e);
        }
    }

    static PluginDescriptor descriptor(HostServiceDeclaration... requested) {
        BridgeContract bridge = new BridgeContract(
                "v1",
                "wasm",
                true,
                "protobuf",
                "protobuf",
                BridgeContract.DEFAULT_ALLOC_EXPORT,
                BridgeContract.DEFAULT_EXECUTE_EXPORT);
        return descriptor(Optional.of(bridge), requested);
    }

    static PluginDescriptor descriptor(Optional<BridgeContract> bridge, HostServiceDeclaration... requested) {
        return new PluginDescriptor(
                PLUGIN,
                PLUGIN,
                "v1.0.0",
                "",
                "tenant_aware",
                true,
                "global",
                List.of(),
                List.of(requested),
                List.of(),
                List.of(),
                bridge,
                true,
                List.of(),
                List.of(),
                Collections.emptySortedMap());
    }

    static Release release(byte[] artifact, PluginDescriptor descriptor) {
        try {
            Path archive = Files.createTempFile("guest", ".wasm");
            archive.toFile().deleteOnExit();
            Files.write(archive, artifact);
            return new Release(descriptor, sha256(artifact), archive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static ExecutionRequest request(byte[] body) {
        return request(body, Optional.empty(), Optional.empty());
    }

    static ExecutionRequest request(byte[] body, Optional<Identity> identity, Optional<Duration> timeout) {
        PluginRequest http = PluginRequest.to("GET", "/run").body(body).build();
        return new ExecutionRequest(
                ExecutionRequest.Source.ROUTE,
                PLUGIN + ":GET:/run",
                new ExecutionRequest.Route(
                        "GET", "/x/" + PLUGIN + "/run", "/run", "/run", "public", "", "Run", Map.of(), Map.of()),
                Optional.of(http),
                identity,
                timeout);
    }

    static PluginResponse call(LoadedRelease release, byte[] body) throws PluginCallException {
        return result(release, body).response();
    }

    static ExecutionResult result(LoadedRelease release, byte[] body) throws PluginCallException {
        return release.execute(request(body));
    }

    /** A host call of the guest {@link Guests#relayFromBody}, and what the host answered it. */
    static Answer hostCall(LoadedRelease relay, byte[] request) throws PluginCallException {
        return hostCall(relay, 1, false, 1, request);
    }

    static Answer hostCall(LoadedRelease relay, int opcode, boolean badPointer, int turns, byte[] request)
            throws PluginCallException {
        return Answer.of(call(relay, Guests.relayBody(opcode, badPointer, turns, request))
                .body());
    }

    static byte[] envelope(String service, String method, String ref, String table, String owner, String version) {
        return new FieldWriter()
                .string(1, service)
                .string(2, method)
                .string(3, ref)
                .string(4, table)
                .string(6, owner)
                .string(7, version)
                .toByteArray();
    }

    static byte[] envelope(String service, String method) {
        return envelope(service, method, "", "", "", "");
    }

    static byte[] withPayload(String service, String method, byte[] payload) {
        FieldWriter out = new FieldWriter();
        new HostServiceRequest(service, method, "", "", payload, "", "").encode(out);
        return out.toByteArray();
    }

    static Grant[] runtime(String... methods) {
        return Stream.of(methods).map(method -> Grant.of("runtime", method)).toArray(Grant[]::new);
    }

    @Override
    public void close() {
        engine.close();
    }

    /** The response of a host call, decoded. */
    record Answer(int status, String payload, int bytes) {
        static Answer of(byte[] response) {
            try {
                HostCallResponse decoded = HostCallResponse.decode(new FieldReader(response));
                return new Answer(
                        decoded.status(), new String(decoded.payload(), StandardCharsets.UTF_8), response.length);
            } catch (MalformedMessageException e) {
                throw new AssertionError(e);
            }
        }

        /** The answer that a plain refusal has (contract 2.7). */
        String fallback() {
            int start = payload.indexOf("\"fallback\":\"") + "\"fallback\":\"".length();
            return payload.substring(start, payload.length() - 2);
        }
    }

    private static final class SharedArtifacts implements CompiledArtifacts {
        @Override
        public Optional<CompiledArtifact> find(String digest) {
            return Optional.ofNullable(COMPILED.get(digest));
        }

        @Override
        public boolean contains(String digest) {
            return COMPILED.containsKey(digest);
        }

        @Override
        public void put(String digest, CompiledArtifact artifact) {
            COMPILED.put(digest, artifact);
        }

        @Override
        public void remove(String digest) {
            // Shared by all tests.
        }
    }
}
