// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.plugin.Caller;
import io.patchbay.plugin.Credentials;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: the checks, its body, the plugin, the answer.
 *
 * <p>Steps follow one another, each on whatever thread brings it; what happens beside them - the client goes, the clock runs
 * out - either ends a step that is waiting, once, or cancels the one that works. The place at the gate is left exactly once,
 * when nothing of the request is held any more.
 */
final class Visit {
    private static final byte[] NO_BODY = new byte[0];
    private static final int TIMED_OUT = 408;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;

    private final PluginRoutes.Parts parts;
    private final Exchange exchange;
    private final RequestHead head;
    private final RequestTarget target;
    private final String client;
    private final RequestGate.Place place;
    private final Consumer<Visit> whenOver;
    private final Cancellation cancellation = new Cancellation();
    private final Caller caller;
    private final AtomicBoolean gone = new AtomicBoolean();
    private volatile @Nullable BodyCollector body;

    Visit(
            PluginRoutes.Parts parts,
            Exchange exchange,
            RequestTarget target,
            String client,
            RequestGate.Place place,
            Consumer<Visit> whenOver) {
        this.parts = parts;
        this.exchange = exchange;
        this.head = exchange.head();
        this.target = target;
        this.client = client;
        this.place = place;
        this.whenOver = whenOver;
        this.caller = parts.callers().of(this::credentials, cancellation);
    }

    private Credentials credentials() {
        PluginRequest request = request(NO_BODY);
        return new Credentials(
                target.pluginId(),
                head.method(),
                target.path(),
                request.headers(),
                request.cookies(),
                head.remoteAddress(),
                client);
    }

    private PluginRequest request(byte[] content) {
        return new PluginRequest(
                head.method(),
                target.path(),
                head.rawQuery(),
                head.headers(),
                content,
                head.host(),
                "", // as a server sees it (contract 2.8)
                head.remoteAddress(),
                client,
                caller,
                Optional.empty());
    }

    /** The first step: a request with a body is checked before its body is read. May wait. */
    void begin() {
        if (!head.hasBody()) {
            call(NO_BODY);
            return;
        }
        Optional<Answer> refusal = attempt(() -> {
            parts.directory().admit(target.pluginId(), request(NO_BODY));
            return Optional.empty();
        });
        if (refusal.isPresent()) {
            end(refusal.get().closing());
        } else if (head.contentLength() > parts.limits().get().bodyBytes()) {
            refuse(RouteCounters.Refused.BODY_SIZE);
        } else {
            read();
        }
    }

    private void read() {
        RouteLimits limits = parts.limits().get();
        BodyCollector collector = new BodyCollector(limits.bodyBytes(), head.contentLength(), place, new Arrival());
        body = collector;
        collector.whenTold(parts.after(limits.bodyTime(), collector::late));
        exchange.read(collector);
        if (gone.get()) {
            collector.abandon();
        }
    }

    /** Answers that nothing works here any more. */
    void turnAway() {
        end(Answer.failure(UNAVAILABLE, "The node is restarting; try again in a moment")
                .closing());
    }

    /** What becomes of the body. */
    private final class Arrival implements BodyCollector.Outcome {
        @Override
        public void complete(byte[] content) {
            if (!parts.work(() -> call(content))) {
                turnAway();
            }
        }

        @Override
        public void refused(RouteCounters.Refused why) {
            refuse(why);
        }

        @Override
        public void gone() {
            if (!gone.get()) {
                parts.counters().refused(RouteCounters.Refused.BROKEN_BODY);
            }
            gone.set(true);
            over();
            exchange.abort();
        }
    }

    private void refuse(RouteCounters.Refused why) {
        parts.counters().refused(why);
        Answer answer = switch (why) {
            case BODY_SIZE ->
                Answer.of(new PluginCallException(
                        Reason.TOO_LARGE,
                        "The request body exceeds the limit of "
                                + parts.limits().get().bodyBytes() + " bytes"));
            case SLOW_BODY -> Answer.failure(TIMED_OUT, "The request body did not arrive in time");
            default -> heldTooMuch();
        };
        end(answer.closing());
    }

    private static Answer heldTooMuch() {
        return Answer.failure(UNAVAILABLE, "Too many bytes are held for requests; try again later");
    }

    /** The last step before the answer. May wait. */
    private void call(byte[] content) {
        Optional<Answer> answer = attempt(() -> {
            PluginResponse response = parts.directory().call(target.pluginId(), request(content));
            if (!place.hold(response.body().length)) {
                parts.counters().refused(RouteCounters.Refused.MEMORY);
                return Optional.of(heldTooMuch());
            }
            return Optional.of(parts.answers().of(target.pluginId(), response));
        });
        end(answer.orElseThrow());
    }

    private Optional<Answer> attempt(Cancellation.Work<Optional<Answer>> step) {
        try {
            return cancellation.run(step);
        } catch (PluginCallException failure) {
            return Optional.of(Answer.of(failure));
        } catch (RuntimeException | Error failure) {
            parts.troubles().report("a request to plugin " + target.pluginId() + " failed", failure);
            return Optional.of(Answer.failure(FAILED, "The request failed; the node's log says more"));
        }
    }

    private void end(Answer answer) {
        if (gone.get()) {
            over();
            return;
        }
        String plugin = parts.directory().serves(target.pluginId()) ? target.pluginId() : "";
        parts.counters().answered(plugin, answer.status());
        Runnable stopClock = parts.after(parts.limits().get().answerTime(), exchange::abort);
        exchange.answer(answer, complete -> {
            stopClock.run();
            // First of all: who sees that nothing is held any more finds it counted.
            if (!complete) {
                parts.counters().unread();
            }
            over();
        });
    }

    private void over() {
        place.leave();
        whenOver.accept(this);
    }

    /** Nothing works here any more: whatever the request waits for, it ends. */
    void giveUp() {
        gone();
        exchange.abort();
    }

    /** The server noticed that the client has gone. */
    void gone() {
        if (gone.compareAndSet(false, true)) {
            parts.counters().gone();
            cancellation.cancel();
            BodyCollector reading = body;
            if (reading != null) {
                reading.abandon();
            }
        }
    }
}
