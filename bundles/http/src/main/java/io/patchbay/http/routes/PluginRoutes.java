// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Requests to {@code /x/<plugin>/...}: lets each in within its limits, and starts its {@link Visit}. Nothing here waits:
 * what may wait runs on the workers, of which there are at most as many as there are requests at work. Thread-safe.
 */
final class PluginRoutes implements AutoCloseable {
    private static final int BAD_REQUEST = 400;
    private static final int HEADERS_TOO_LARGE = 431;
    private static final int UNAVAILABLE = 503;

    private final Parts parts;
    private final Set<Visit> visits = ConcurrentHashMap.newKeySet();

    /**
     * What every request needs.
     *
     * @param directory the plugins
     * @param callers finds out who sends requests
     * @param clients tells whose request it is, asked for each
     * @param limits asked for each request
     * @param gate bounds requests and the bytes they hold
     * @param answers makes answers of what guests answered
     * @param counters of what happens
     * @param workers run what may wait
     * @param clock ends what takes too long
     * @param troubles hears of failures that are ours
     */
    record Parts(
            PluginDirectory directory,
            Callers callers,
            Supplier<ClientAddress> clients,
            Supplier<RouteLimits> limits,
            RequestGate gate,
            GuestAnswers answers,
            RouteCounters counters,
            Executor workers,
            ScheduledExecutorService clock,
            Callers.Troubles troubles) {
        /** Runs what may wait; false when the workers are being stopped. */
        boolean work(Runnable what) {
            try {
                workers.execute(what);
                return true;
            } catch (RejectedExecutionException e) {
                return false;
            }
        }

        /**
         * Has something done after a time.
         *
         * @return takes that back
         */
        Runnable after(Duration time, Runnable what) {
            try {
                ScheduledFuture<?> due = clock.schedule(what, time.toNanos(), TimeUnit.NANOSECONDS);
                return () -> due.cancel(false);
            } catch (RejectedExecutionException e) {
                return () -> {}; // being stopped: the server ends what is left
            }
        }
    }

    PluginRoutes(Parts parts) {
        this.parts = parts;
    }

    /** Takes a request; returns at once. */
    void handle(Exchange exchange) {
        RequestHead head = exchange.head();
        RequestTarget target;
        try {
            checkHeaders(head);
            target = RequestTarget.of(head.rawPath());
        } catch (RefusedRequestException refusal) {
            if (refusal.status() == BAD_REQUEST) {
                parts.counters().refused(RouteCounters.Refused.MALFORMED);
            }
            refuse(exchange, Answer.failure(refusal.status(), String.valueOf(refusal.getMessage())));
            return;
        }
        Optional<RequestGate.Place> place = parts.gate().enter(target.pluginId());
        if (place.isEmpty()) {
            parts.counters().refused(RouteCounters.Refused.REQUESTS);
            refuse(exchange, Answer.failure(UNAVAILABLE, "Too many requests are at work; try again later"));
            return;
        }
        Visit visit = new Visit(parts, exchange, target, clientOf(head), place.get(), visits::remove);
        visits.add(visit);
        exchange.whenGone(visit::gone);
        if (!parts.work(visit::begin)) {
            visit.turnAway();
        }
    }

    /** Gives up on the requests that are still here, so that no server holds anything of this bundle. */
    @Override
    public void close() {
        visits.forEach(Visit::giveUp);
    }

    private String clientOf(RequestHead head) {
        return parts.clients().get().of(head.peer(), head.headers());
    }

    private void checkHeaders(RequestHead head) throws RefusedRequestException {
        RouteLimits limits = parts.limits().get();
        if (head.headerCount() > limits.headerCount() || head.headerSize() > limits.headerBytes()) {
            parts.counters().refused(RouteCounters.Refused.HEADERS);
            throw new RefusedRequestException(
                    HEADERS_TOO_LARGE, "The request has too many header lines, or too long ones");
        }
    }

    private void refuse(Exchange exchange, Answer answer) {
        parts.counters().answered("", answer.status());
        exchange.answer(exchange.head().hasBody() ? answer.closing() : answer, complete -> {});
    }
}
