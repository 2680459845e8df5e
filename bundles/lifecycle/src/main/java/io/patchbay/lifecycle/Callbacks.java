// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.plugin.Caller;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.EngineException;
import io.patchbay.port.ExecutionRequest;
import io.patchbay.port.LifecycleContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Calls what a release declares for the moments of its life (contract 2.8, 8.3). What is asked before a step stops it when
 * it says no or fails; what is told after one changes nothing any more.
 */
final class Callbacks {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final Map<String, List<String>> JSON_BODY = Map.of("Content-Type", List.of("application/json"));

    private final ServedRelease code;
    private final String named;

    /** @param code the release whose code runs, with its grants; the caller keeps it loaded */
    Callbacks(ServedRelease code) {
        this.code = code;
        this.named = "version " + code.descriptor().version();
    }

    /** Asks before a step, if the release declares it. */
    void ask(LifecycleOperation operation, CallbackFacts facts, Turn turn) throws AdminException {
        ask(operation, facts, Phase.RELEASE, turn);
    }

    /** Asks before a step of an upgrade, if the release declares it. */
    void ask(LifecycleOperation operation, CallbackFacts facts, Phase phase, Turn turn) throws AdminException {
        Optional<LifecycleContract> callback = operation.in(code.descriptor());
        if (callback.isPresent()) {
            turn.take(
                    phase,
                    "call " + operation.word() + " of " + named + ", which may refuse",
                    () -> require(operation, callback.get(), facts));
        }
    }

    /** Asks before a step that goes on in any case, if the release declares it. */
    void askInVain(LifecycleOperation operation, CallbackFacts facts, Turn turn) {
        tell(operation, facts, ", and go on whatever it says", turn);
    }

    /** Tells after a step, if the release declares it. */
    void tell(LifecycleOperation operation, CallbackFacts facts, Turn turn) {
        tell(operation, facts, "", turn);
    }

    private void tell(LifecycleOperation operation, CallbackFacts facts, String how, Turn turn) {
        operation
                .in(code.descriptor())
                .ifPresent(callback -> turn.attempt(
                        "call " + operation.word() + " of " + named + how, () -> require(operation, callback, facts)));
    }

    private void require(LifecycleOperation operation, LifecycleContract callback, CallbackFacts facts)
            throws AdminException {
        CallbackAnswer answer = answer(operation, callback, facts);
        if (answer.outcome() == CallbackAnswer.Outcome.ALLOWED) {
            return;
        }
        String plugin = "plugin " + Texts.quoted(code.descriptor().id());
        boolean veto = answer.outcome() == CallbackAnswer.Outcome.VETOED;
        String said = answer.said().isEmpty() ? "" : ": " + Texts.quoted(answer.said());
        throw new AdminException(
                Problem.REFUSED,
                plugin + (veto ? " does not allow it, its " : " failed in its ") + operation.word() + " of " + named
                        + (veto ? " says no" : "") + said,
                List.of("reason: " + Texts.line(answer.reason())));
    }

    private CallbackAnswer answer(LifecycleOperation operation, LifecycleContract callback, CallbackFacts facts)
            throws AdminException {
        String plugin = code.descriptor().id();
        try {
            return CallbackAnswer.of(
                    plugin,
                    operation,
                    code.run(request(callback, facts.body(plugin, operation)), PluginHouse.COMMAND_PATIENCE)
                            .response());
        } catch (EngineException failure) {
            throw Refusals.of(failure);
        } catch (RuntimeException failure) {
            throw Refusals.engineBroke(failure);
        } catch (PluginCallException failure) {
            boolean later = failure.reason() == PluginCallException.Reason.BUSY
                    || failure.reason() == PluginCallException.Reason.RESTARTING;
            if (later) {
                throw new AdminException(
                        Problem.UNAVAILABLE,
                        operation.word() + " of plugin " + Texts.quoted(plugin) + " cannot be called now: "
                                + Texts.reason((Throwable) failure),
                        failure);
            }
            return CallbackAnswer.failed(plugin, operation, Texts.reason((Throwable) failure));
        }
    }

    private static ExecutionRequest request(LifecycleContract callback, byte[] body) {
        String path = callback.internalPath();
        return new ExecutionRequest(
                ExecutionRequest.Source.LIFECYCLE,
                UUID.randomUUID().toString().replace("-", ""),
                new ExecutionRequest.Route(
                        "POST", path, path, path, "", "", callback.requestType(), Map.of(), Map.of()),
                Optional.of(new PluginRequest(
                        "POST", path, "", JSON_BODY, body, "", "", "", "", Caller.nobody(), Optional.empty())),
                Optional.empty(),
                Optional.of(callback.timeoutMs() <= 0 ? DEFAULT_TIMEOUT : Duration.ofMillis(callback.timeoutMs())));
    }
}
