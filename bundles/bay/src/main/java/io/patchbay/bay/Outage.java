// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.Topics;
import io.patchbay.provider.BackendUnavailableException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Whether what stands behind one provider is away, and whose turn it is to see whether it has returned. While it lasts one
 * call at a time goes to the provider, so that a server that is away binds one thread and not all of them; the others wait
 * here, without a lease, for what that one finds.
 *
 * <p>Thread-safe. A call reads one volatile field of it while there is no outage. Nobody misses an end: whoever waits has
 * read the number of changes first and looked afterwards ({@link Gate}).
 */
final class Outage {
    /** Between two attempts. A server that has just started is found so soon, one that is away is not pestered. */
    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(50);

    private final String kind;
    private final String provider;
    private final EventSink events;
    private final IncidentLog log;
    private final Gate gate = new Gate();
    private final AtomicBoolean turn = new AtomicBoolean();
    private volatile boolean lasting;
    private volatile long nextTurn;
    private volatile String reason = "";
    private volatile long count;

    /** What a call that waits does next. */
    enum Next {
        /** Look for a provider again: the outage is over, or somebody else serves. */
        GO_ON,
        /** Try for all: the turn is the caller's until {@link Outage#giveTurn}. */
        TRY,
        /** The time is over. */
        GIVE_UP
    }

    Outage(String kind, String provider, EventSink events, IncidentLog log) {
        this.kind = kind;
        this.provider = provider;
        this.events = events;
        this.log = log;
    }

    boolean lasts() {
        return lasting;
    }

    /** What the provider said last. */
    String reason() {
        return reason;
    }

    /** How often it went away. */
    long count() {
        return count;
    }

    /** Whether a call that does not want to wait may try now. */
    boolean isDue() {
        return !turn.get() && System.nanoTime() - nextTurn >= 0;
    }

    /** A call found it away. */
    void found(BackendUnavailableException away) {
        boolean begun;
        synchronized (turn) {
            begun = !lasting;
            if (begun) {
                count = count + 1;
            }
            reason = String.valueOf(away.getMessage());
            nextTurn = System.nanoTime() + PACE;
            lasting = true;
        }
        if (begun) {
            log.warning(
                    "provider '" + provider + "' of kind " + kind + " has lost what stands behind it: " + reason, null);
            tell("away", reason);
        }
    }

    /** A call was answered. */
    void over() {
        synchronized (turn) {
            if (!lasting) {
                return;
            }
            lasting = false;
        }
        gate.open();
        String detail = "what stands behind it has returned";
        log.warning("provider '" + provider + "' of kind " + kind + ": " + detail, null);
        tell("returned", detail);
    }

    private void tell(String what, String detail) {
        events.post(new BayEvent(Topics.PROVIDER, what, kind, provider, "", detail));
    }

    /**
     * Waits without a lease until there is something to do.
     *
     * @param untilNanos when to give up, as {@link System#nanoTime()}; a turn that is free is taken even then, so that
     *     somebody tries also where nobody may wait
     * @param deadlineNanos when no turn is taken any more
     * @param serves whether the provider still serves the caller's plugin, and the caller may still wait
     */
    Next await(long untilNanos, long deadlineNanos, BooleanSupplier serves) {
        while (true) {
            long seen = gate.changes();
            if (!lasting || !serves.getAsBoolean()) {
                return Next.GO_ON;
            }
            long now = System.nanoTime();
            boolean taken = turn.get();
            long pause = nextTurn - now;
            if (!taken && pause <= 0 && now - deadlineNanos < 0 && turn.compareAndSet(false, true)) {
                return Next.TRY;
            }
            long left = untilNanos - now;
            if (left <= 0) {
                return Next.GIVE_UP;
            }
            // Nobody opens the gate for whoever may not wait any more: that is looked for at the same pace.
            gate.await(seen, Math.min(left, taken || pause <= 0 ? PACE : pause));
        }
    }

    /** Ends a turn, whatever it brought; nothing for whoever had none. */
    Next giveTurn(Next had) {
        if (had == Next.TRY) {
            turn.set(false);
            gate.open();
        }
        return Next.GO_ON;
    }

    /** Somebody else may serve now: everybody looks again. */
    void look() {
        if (lasting) {
            gate.open();
        }
    }
}
