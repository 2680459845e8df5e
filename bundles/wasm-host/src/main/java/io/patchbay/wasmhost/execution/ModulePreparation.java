// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.admin.Metric;
import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.module.ModuleLimits;
import io.patchbay.artifact.module.ModuleScanner;
import io.patchbay.artifact.module.PluginRules;
import io.patchbay.artifact.module.ScannedModule;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.EngineException;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Progress;
import io.patchbay.port.Release;
import io.patchbay.wasmhost.engine.CompiledArtifact;
import io.patchbay.wasmhost.engine.ModuleCompiler;
import io.patchbay.wasmhost.engine.OversizedFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Makes an artifact ready to run: scans it, has its canonical module compiled, keeps the result. Each artifact is compiled
 * by one thread at a time; others that need it wait. Thread-safe.
 */
final class ModulePreparation {
    /** Only functions of this size can be too large to be compiled, so only their names are looked up. */
    private static final int NAMED_FROM_BYTES = 4_096;

    private static final int NAMED_AT_MOST = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ModuleCompiler compiler;
    private final CompiledArtifacts artifacts;
    private final ToIntFunction<String> memoryPages;
    private final Map<String, Object> compiling = new ConcurrentHashMap<>();
    private final LongAdder compiled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    ModulePreparation(ModuleCompiler compiler, CompiledArtifacts artifacts, ToIntFunction<String> memoryPages) {
        this.compiler = compiler;
        this.artifacts = artifacts;
        this.memoryPages = memoryPages;
    }

    ModuleFacts inspect(PluginDescriptor descriptor, byte[] artifact) throws EngineException {
        ScannedModule scanned = scan(descriptor, artifact);
        return facts(scanned, artifacts.find(sha256(artifact)));
    }

    ModuleFacts prepare(Release release, Progress progress) throws EngineException {
        byte[] artifact = read(release);
        ScannedModule scanned = scan(release.descriptor(), artifact);
        return facts(scanned, scanned.hasCode() ? Optional.of(compiled(release, scanned, progress)) : Optional.empty());
    }

    /** The compiled form, from the store when it is there; only else is the archive read. */
    CompiledArtifact compiled(Release release, Progress progress) throws EngineException {
        Optional<CompiledArtifact> stored = artifacts.find(release.digest());
        if (stored.isPresent()) {
            return stored.get();
        }
        return compiled(release, scan(release.descriptor(), read(release)), progress);
    }

    private CompiledArtifact compiled(Release release, ScannedModule scanned, Progress progress)
            throws EngineException {
        String digest = release.digest();
        synchronized (compiling.computeIfAbsent(digest, first -> new Object())) {
            try {
                Optional<CompiledArtifact> stored = artifacts.find(digest);
                if (stored.isPresent()) {
                    return stored.get();
                }
                CompiledArtifact made = counted(scanned, progress);
                keep(release, made);
                return made;
            } finally {
                compiling.remove(digest);
            }
        }
    }

    private CompiledArtifact counted(ScannedModule scanned, Progress progress) throws EngineException {
        long began = System.nanoTime();
        boolean done = false;
        try {
            CompiledArtifact made = compiler.compile(scanned.canonical(), names(scanned), progress);
            done = true;
            return made;
        } finally {
            (done ? compiled : failed).increment();
            nanos.add(System.nanoTime() - began);
        }
    }

    List<Metric> metrics() {
        return List.of(
                new Metric("patchbay_compiles_total", "Modules that were compiled.", Map.of(), compiled.sum()),
                new Metric(
                        "patchbay_compile_failures_total",
                        "Modules that could not be compiled.",
                        Map.of(),
                        failed.sum()),
                new Metric(
                        "patchbay_compile_seconds_total",
                        "Time spent on compiling.",
                        Map.of(),
                        nanos.sum() / NANOS_PER_SECOND));
    }

    private void keep(Release release, CompiledArtifact made) throws EngineException {
        try {
            artifacts.put(release.digest(), made);
        } catch (IOException e) {
            throw new EngineException(
                    EngineException.Reason.UNAVAILABLE,
                    "the compiled form of plugin '" + release.descriptor().id()
                            + "' cannot be stored in the data folder: " + e.getMessage()
                            + "; make room or let this user write there, then try again",
                    e);
        }
    }

    void forget(String digest) throws IOException {
        artifacts.remove(digest);
    }

    private byte[] read(Release release) throws EngineException {
        byte[] artifact;
        try {
            artifact = Files.readAllBytes(release.archive());
        } catch (IOException e) {
            throw new EngineException(
                    EngineException.Reason.UNAVAILABLE,
                    "the archived artifact of plugin '" + release.descriptor().id() + "' cannot be read: "
                            + release.archive() + "; restore it from a backup or install the plugin again",
                    e);
        }
        if (!sha256(artifact).equals(release.digest())) {
            throw new EngineException(
                    EngineException.Reason.REFUSED,
                    "the archived artifact of plugin '" + release.descriptor().id() + "' is not the one with digest "
                            + release.digest() + " any more: " + release.archive()
                            + "; restore it from a backup or install the plugin again");
        }
        return artifact;
    }

    private ScannedModule scan(PluginDescriptor descriptor, byte[] artifact) throws EngineException {
        try {
            ScannedModule scanned = new ModuleScanner(
                            ModuleLimits.DEFAULTS.withMemoryPages(memoryPages.applyAsInt(descriptor.id())))
                    .scanPlugin(artifact);
            if (descriptor.bridge().map(BridgeContract::routeExecution).orElse(false)) {
                BridgeContract bridge = descriptor.bridge().get();
                PluginRules.checkRouteExports(scanned, bridge.allocExport(), bridge.executeExport());
            }
            if (scanned.hasCode() && !descriptor.hostServices().isEmpty()) {
                PluginRules.checkHostCallExport(scanned, BridgeContract.HOST_CALL_ALLOC_EXPORT); // contract D15
            }
            return scanned;
        } catch (ArtifactException e) {
            throw new EngineException(EngineException.Reason.REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    private static ModuleFacts facts(ScannedModule scanned, Optional<CompiledArtifact> compiled) {
        IntFunction<String> names = names(scanned);
        List<String> oversized = compiled.map(CompiledArtifact::oversized).orElse(List.of()).stream()
                .map(function -> named(names, function))
                .toList();
        return new ModuleFacts(
                scanned.functions(), scanned.codeBytes(), scanned.memoryMinPages(), oversized, compiled.isPresent());
    }

    private static String named(IntFunction<String> names, OversizedFunction function) {
        return names.apply(function.index()) + " (" + function.bytes() + " bytes)";
    }

    private static IntFunction<String> names(ScannedModule scanned) {
        Map<Integer, String> names = scanned.largestBodies(NAMED_FROM_BYTES, NAMED_AT_MOST).stream()
                .filter(body -> !body.name().isEmpty())
                .collect(Collectors.toMap(
                        ScannedModule.FunctionBody::function,
                        ScannedModule.FunctionBody::name,
                        (first, second) -> first));
        return index -> names.getOrDefault(index, "function " + index);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
