// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Gathers a body as it comes, within its limits; what was announced is not trusted, so memory is taken only as bytes come.
 * Exactly one outcome is told, whoever is first: the last byte, a limit, the clock, or the client's going. The sink is called
 * by one thread at a time; {@link #late} and {@link #abandon} by any.
 */
final class BodyCollector implements Exchange.BodySink {
    private static final int FIRST_BYTES = 8 << 10;

    private final int limit;
    private final long announced;
    private final RequestGate.Place place;
    private final Outcome outcome;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile Runnable whenTold = () -> {};
    private byte[] bytes = new byte[0];
    private int size;

    /** What became of a body; one of these is called, once. */
    interface Outcome {
        void complete(byte[] body);

        void refused(RouteCounters.Refused why);

        void gone();
    }

    /** @param announced the length that the client named; negative when it named none */
    BodyCollector(int limit, long announced, RequestGate.Place place, Outcome outcome) {
        this.limit = limit;
        this.announced = announced;
        this.place = place;
        this.outcome = outcome;
    }

    @Override
    public boolean take(byte[] buffer, int length) {
        if (told.get()) {
            return false;
        }
        if (length > limit - size) {
            tell(() -> outcome.refused(RouteCounters.Refused.BODY_SIZE));
            return false;
        }
        if (size + length > bytes.length && !grow(size + length)) {
            tell(() -> outcome.refused(RouteCounters.Refused.MEMORY));
            return false;
        }
        System.arraycopy(buffer, 0, bytes, size, length);
        size += length;
        return true;
    }

    private boolean grow(int needed) {
        long doubled = Math.max(Math.max(needed, FIRST_BYTES), 2L * bytes.length);
        long wanted = announced >= needed ? Math.min(doubled, announced) : doubled;
        int capacity = (int) Math.min(wanted, limit);
        if (!place.hold(capacity - bytes.length)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    @Override
    public void end() {
        tell(() -> outcome.complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size)));
    }

    @Override
    public void broken() {
        tell(outcome::gone);
    }

    /** Time is up. */
    void late() {
        tell(() -> outcome.refused(RouteCounters.Refused.SLOW_BODY));
    }

    /** Nobody waits for an answer any more. */
    void abandon() {
        tell(outcome::gone);
    }

    /** Set before anything can be told. */
    void whenTold(Runnable listener) {
        whenTold = listener;
    }

    private void tell(Runnable what) {
        if (told.compareAndSet(false, true)) {
            whenTold.run();
            what.run();
        }
    }
}
