// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import dev.failsafe.CircuitBreaker;
import io.patchbay.admin.Topics;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One provider's circuit breaker: the library's, asked only while there is trouble. The library takes a lock for each
 * outcome it is told; so once the calls it looks back at are all successes, it is told nothing more until the next failure.
 */
final class Breaker implements CallGuard {
    private final String kind;
    private final String provider;
    private final int window;
    private final EventSink events;
    private final IncidentLog log;
    private final CircuitBreaker<Object> circuit;
    private final LongAdder opened = new LongAdder();

    /** How many outcomes the library has yet to be told before it remembers no failure; 0 is the quiet state. */
    private final AtomicInteger troubled = new AtomicInteger();

    Breaker(String kind, String provider, BreakerSettings settings, EventSink events, IncidentLog log) {
        this.kind = kind;
        this.provider = provider;
        this.window = settings.calls();
        this.events = events;
        this.log = log;
        this.circuit = CircuitBreaker.builder()
                .withFailureThreshold(settings.failures(), settings.calls())
                .withDelay(settings.pause())
                .withSuccessThreshold(settings.probes())
                .onOpen(change -> open(settings))
                .onHalfOpen(change -> tell("circuit-half-open", "a few calls try whether it works again"))
                .onClose(change -> tell("circuit-closed", "it works again and gets every call"))
                .build();
    }

    @Override
    public boolean permits() {
        return troubled.get() == 0 || circuit.tryAcquirePermit();
    }

    @Override
    public void succeeded() {
        if (troubled.get() == 0) {
            return;
        }
        circuit.recordSuccess();
        if (circuit.isClosed()) {
            troubled.updateAndGet(left -> Math.max(0, left - 1));
            if (!circuit.isClosed()) {
                // It opened between the two: it must be asked.
                troubled.set(window);
            }
        }
    }

    @Override
    public void failed() {
        troubled.set(window);
        circuit.recordFailure();
    }

    @Override
    public void away() {
        // A probe gives its permission back, and what is not known to work again is not called so.
        if (troubled.get() != 0 && circuit.isHalfOpen()) {
            failed();
        }
    }

    @Override
    public String trouble() {
        return troubled.get() == 0 || circuit.isClosed()
                ? ""
                : "its circuit is "
                        + circuit.getState().name().toLowerCase(Locale.ROOT).replace('_', '-') + ": "
                        + circuit.getFailureCount() + " of the last " + circuit.getExecutionCount() + " calls failed";
    }

    @Override
    public long opened() {
        return opened.sum();
    }

    private void open(BreakerSettings settings) {
        opened.increment();
        String detail = "too many of its calls failed; it is left alone for "
                + settings.pause().toMillis() + " ms";
        log.warning("provider '" + provider + "' of kind " + kind + ": " + detail, null);
        tell("circuit-open", detail);
    }

    private void tell(String what, String detail) {
        events.post(new BayEvent(Topics.PROVIDER, what, kind, provider, "", detail));
    }
}
