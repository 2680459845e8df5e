// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.Engine;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.port.ExecutionResult;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.Progress;
import io.patchbay.port.Release;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An engine that runs no code: it checks what the port promises it and answers each request with version and grants of the
 * release. Whatever it is told to refuse, it refuses.
 */
final class LittleEngine implements Engine {
    final List<String> steps = new CopyOnWriteArrayList<>();
    final List<ExecutionRequest> executions = new CopyOnWriteArrayList<>();
    final List<HostServiceDescriptor> expected = new CopyOnWriteArrayList<>();
    final AtomicInteger running = new AtomicInteger();

    /** What callbacks answer, by operation; the others answer 200 and nothing. */
    final Map<String, PluginResponse> answers = new ConcurrentHashMap<>();

    /** Each callback as it was made: operation, version and grants of the code that ran, body. */
    final List<String> callbacks = new CopyOnWriteArrayList<>();

    /** Runs inside a callback of this operation. */
    volatile Consumer<String> duringCallback = operation -> {};

    volatile Optional<EngineException> refuseInspect = Optional.empty();
    volatile Optional<EngineException> refusePrepare = Optional.empty();
    volatile Optional<EngineException> refuseLoad = Optional.empty();
    volatile Runnable duringExecution = () -> {};
    final Set<String> departed = new HashSet<>();
    volatile boolean runaway;

    @Override
    public ModuleFacts inspect(PluginDescriptor descriptor, byte[] artifact) throws EngineException {
        steps.add("inspect " + descriptor.version());
        refuse(refuseInspect);
        return new ModuleFacts(1, artifact.length, 1, List.of(), false);
    }

    @Override
    public ModuleFacts prepare(Release release, Progress progress) throws EngineException {
        steps.add("prepare " + release.descriptor().version());
        verify(release);
        refuse(refusePrepare);
        progress.advanced("compiling", 1);
        return new ModuleFacts(1, 1, 1, List.of(), true);
    }

    @Override
    public LoadedRelease load(Release release, List<Grant> grants, Progress progress) throws EngineException {
        steps.add("load " + release.descriptor().version());
        verify(release);
        refuse(refuseLoad);
        return new LittleRelease(release, grants);
    }

    @Override
    public void forget(String digest) {
        steps.add("forget " + digest);
    }

    @Override
    public List<HostServiceDescriptor> hostServices() {
        return departed.contains("runtime")
                ? List.of()
                : List.of(new HostServiceDescriptor(
                        "runtime",
                        ResourceKind.NONE,
                        List.of("info.now", "info.uuid", "log.write", "state.get", "state.set")));
    }

    @Override
    public boolean hasKnown(String service) {
        return departed.contains(service)
                || hostServices().stream().anyMatch(host -> host.name().equals(service));
    }

    /** An answer; a status below 0 is none, but a failed execution. */
    static PluginResponse answer(int status, String body) {
        return new PluginResponse(
                status, "application/json", Map.of(), body.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    @Override
    public List<HostServiceDescriptor> knownHostServices() {
        return hostServices();
    }

    @Override
    public void expect(List<HostServiceDescriptor> known) {
        expected.addAll(known);
    }

    private static void refuse(Optional<EngineException> refusal) throws EngineException {
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** The archive is readable and holds the bytes of the digest. */
    private static void verify(Release release) throws EngineException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(release.archive()));
            if (!HexFormat.of().formatHex(digest).equals(release.digest())) {
                throw new EngineException(EngineException.Reason.REFUSED, "the archive has other bytes");
            }
        } catch (IOException | NoSuchAlgorithmException failure) {
            throw new EngineException(EngineException.Reason.UNAVAILABLE, "the archive is not readable", failure);
        }
    }

    private final class LittleRelease implements LoadedRelease {
        private final Release release;
        private volatile List<Grant> grants;
        private volatile boolean closed;
        private volatile Runnable whenDisabled = () -> {};

        LittleRelease(Release release, List<Grant> grants) {
            this.release = release;
            this.grants = grants;
        }

        @Override
        public ExecutionResult execute(ExecutionRequest request) throws PluginCallException {
            if (closed) {
                throw new PluginCallException(PluginCallException.Reason.RESTARTING, "closed");
            }
            List<Grant> mine = grants;
            running.incrementAndGet();
            try {
                executions.add(request);
                if (request.source() == ExecutionRequest.Source.LIFECYCLE) {
                    return callback(request, mine);
                }
                duringExecution.run();
                if (runaway) {
                    whenDisabled.run();
                    throw new PluginCallException(PluginCallException.Reason.FAILED, "deadline");
                }
                String said = release.descriptor().version() + " "
                        + mine.stream().map(Grant::method).sorted().collect(Collectors.joining(","));
                return new ExecutionResult(
                        "e" + executions.size(),
                        new PluginResponse(
                                200, "text/plain", Map.of(), said.getBytes(StandardCharsets.UTF_8), Optional.empty()),
                        1,
                        2,
                        3,
                        4);
            } finally {
                running.decrementAndGet();
            }
        }

        private ExecutionResult callback(ExecutionRequest request, List<Grant> mine) throws PluginCallException {
            String operation = request.route().requestType().replace("Req", "");
            callbacks.add(operation + " " + release.descriptor().version() + " ["
                    + mine.stream().map(Grant::method).sorted().collect(Collectors.joining(",")) + "] "
                    + new String(request.http().orElseThrow().body(), StandardCharsets.UTF_8));
            duringCallback.accept(operation);
            PluginResponse answer = answers.get(operation);
            if (answer != null && answer.statusCode() < 0) {
                throw new PluginCallException(
                        PluginCallException.Reason.FAILED, new String(answer.body(), StandardCharsets.UTF_8));
            }
            return new ExecutionResult("c", answer == null ? answer(200, "") : answer, 1, 2, 3, 4);
        }

        @Override
        public void grants(List<Grant> replacement) {
            grants = replacement;
        }

        @Override
        public boolean disabledByEngine() {
            return runaway;
        }

        @Override
        public void whenDisabled(Runnable listener) {
            whenDisabled = listener;
        }

        @Override
        public void close() {
            closed = true;
            steps.add("close " + release.descriptor().version());
        }
    }
}
