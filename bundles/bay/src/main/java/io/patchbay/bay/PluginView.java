// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.hostservice.HostCall;
import io.patchbay.hostservice.Lease;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.provider.Access;
import io.patchbay.provider.BackendUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's view of a slot: the generation published for it, and the way to a lease. While nothing is swapped that way
 * is the read of the generation and the write of this thread's own count of leases.
 *
 * <p>Fields that say so are guarded by the slot's lock.
 *
 * @param <T> the SPI
 */
final class PluginView<T> implements PluginSlot<T> {
    /** How often a call that waits looks whether it is recalled. */
    private static final long RECALL_PACE = TimeUnit.MILLISECONDS.toNanos(10);

    /** No service has this id. */
    private static final long NOBODY = -1;

    private final ProviderSlot<T> slot;
    private final String pluginId;
    private final BayParts parts;
    private final CallFailures failures;
    private final ProviderCaller caller;
    private final Gate gate = new Gate();
    private final Object claiming = new Object();
    private final LongAdder waits = new LongAdder();

    private volatile @Nullable Generation<T> current;

    /** Whether writes wait, for the last stretch of a move. Changed with the slot's lock held. */
    private volatile boolean holding;

    // Guarded by the slot's lock.
    private final List<Generation<T>> ending = new ArrayList<>();
    private Ownership ownership;
    private @Nullable UnaryOperator<T> layer;
    private boolean modeChanged;
    private long lastServing = NOBODY;
    private @Nullable Long graceEnd;
    private @Nullable UUID lossSeen;
    private boolean fellBack;
    private boolean pending;

    PluginView(ProviderSlot<T> slot, String pluginId, BayParts parts, Ownership ownership) {
        this.slot = slot;
        this.pluginId = pluginId;
        this.parts = parts;
        this.failures = parts.failures();
        this.caller = new ProviderCaller(failures);
        this.ownership = ownership;
    }

    @Override
    public Lease<T> lease(Access access, long deadlineNanos) throws ProviderUnavailableException {
        @Nullable Generation<T> now = current;
        boolean taken = now != null && usable(now, access) && now.take() != null;
        return now != null && taken
                ? now
                : acquireSlowly(access, deadlineNanos, null, System.nanoTime()).generation();
    }

    @Override
    public Optional<Lease<T>> tryLease() {
        while (true) {
            @Nullable Generation<T> now = current;
            if (now == null || !isServing(now)) {
                return Optional.empty();
            }
            if (now.take() != null) {
                return now.asOptional();
            }
        }
    }

    @Override
    public boolean isServed() {
        @Nullable Generation<T> now = current;
        return now != null && isServing(now);
    }

    private static boolean isServing(Generation<?> generation) {
        return generation.writable() && !isHeldUp(generation.candidate());
    }

    private static boolean isHeldUp(Candidate<?> candidate) {
        return candidate.outage().lasts() && !candidate.outage().isDue();
    }

    @Override
    public <R, X extends Exception> R call(Access access, long deadlineNanos, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        return call(access, deadlineNanos, null, call);
    }

    @Override
    public <R, X extends Exception> R call(Access access, HostCall host, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        return call(access, host.execution().deadlineNanos(), host, call);
    }

    /** @param host whose recall ends every wait; null for a call that nobody recalls */
    private <R, X extends Exception> R call(
            Access access, long deadlineNanos, @Nullable HostCall host, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        while (true) {
            @Nullable Generation<T> generation = current;
            long @Nullable [] waitedFor = null;
            if (generation == null || !usable(generation, access)) {
                Acquired<T> acquired = acquireSlowly(access, deadlineNanos, host, System.nanoTime());
                generation = acquired.generation();
                waitedFor = acquired.own();
            }
            Candidate<T> candidate = generation.candidate();
            if (candidate.outage().lasts()) {
                if (waitedFor != null) {
                    generation.giveBack(waitedFor);
                }
                return callThroughOutage(candidate, access, deadlineNanos, host, call);
            }
            try {
                @Nullable R result = caller.call(generation, waitedFor, access, deadlineNanos, call);
                if (result != null) {
                    return result;
                }
            } catch (BackendUnavailableException away) {
                return callThroughOutage(candidate, access, deadlineNanos, host, call);
            }
        }
    }

    /** Waits, at most for the grace time, until what stands behind the provider has returned, or another one serves. */
    private <R, X extends Exception> R callThroughOutage(
            Candidate<T> found,
            Access access,
            long deadlineNanos,
            @Nullable HostCall host,
            ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        countWait();
        long start = System.nanoTime();
        long until = start + Math.min(parts.settings().get().grace().toNanos(), deadlineNanos - start);
        Candidate<T> away = found;
        while (true) {
            Candidate<T> waitedFor = away;
            refuseRecalled(host);
            Outage.Next next = waitedFor
                    .outage()
                    .await(until, deadlineNanos, () -> serves(waitedFor) && (host == null || !host.isRecalled()));
            if (next == Outage.Next.GIVE_UP) {
                throw failures.away(waitedFor);
            }
            boolean answered = false;
            try {
                @Nullable Acquired<T> acquired = next == Outage.Next.TRY ? attempt(access) : null;
                if (acquired == null) {
                    // What is waited for here may need this very server, a move for example: never with the turn.
                    next = waitedFor.outage().giveTurn(next);
                    acquired = acquireSlowly(access, deadlineNanos, host, start);
                }
                Generation<T> generation = acquired.generation();
                away = generation.candidate();
                if (away.outage().lasts() && (next == Outage.Next.GO_ON || away != waitedFor)) {
                    generation.giveBack(acquired.own());
                    continue;
                }
                answered = true;
                @Nullable R result = caller.call(generation, acquired.own(), access, deadlineNanos, call);
                if (result != null) {
                    return result;
                }
                answered = false;
            } catch (BackendUnavailableException stillAway) {
                // The outage knows; the next round waits.
                answered = false;
            } catch (ProviderFailedException e) {
                answered = false;
                throw e;
            } finally {
                if (answered) {
                    away.outage().over();
                }
                waitedFor.outage().giveTurn(next);
            }
        }
    }

    private void refuseRecalled(@Nullable HostCall host) throws ProviderUnavailableException {
        if (host != null && host.isRecalled()) {
            throw ProviderUnavailableException.recalled(slot.kind());
        }
    }

    private boolean serves(Candidate<T> candidate) {
        @Nullable Generation<T> now = current;
        return now != null && now.candidate() == candidate;
    }

    private boolean usable(Generation<T> generation, Access access) {
        return access == Access.READ || generation.writable();
    }

    /**
     * A lease that was waited for.
     *
     * @param generation on what
     * @param own this thread's count
     */
    @SuppressWarnings("ArrayRecordComponent") // nothing compares them
    private record Acquired<T>(Generation<T> generation, long[] own) {}

    private Acquired<T> acquireSlowly(Access access, long deadlineNanos, @Nullable HostCall host, long graceBegins)
            throws ProviderUnavailableException {
        boolean waited = false;
        long graceStart = graceBegins;
        long grace = parts.settings().get().grace().toNanos();
        while (true) {
            long seen = gate.changes();
            @Nullable Acquired<T> found = slot.closed() ? null : attempt(access);
            if (found != null) {
                return found;
            }
            refuseRecalled(host);
            if (slot.closed()) {
                throw new ProviderUnavailableException(slot.kind(), "the slot of kind " + slot.kind() + " is closed");
            }
            long now = System.nanoTime();
            long left = deadlineNanos - now;
            if (holding) {
                // A move is no gap: what it holds, it lets go soon, and then the grace begins.
                graceStart = now;
            } else {
                left = Math.min(left, grace - (now - graceStart));
            }
            if (left <= 0) {
                return lastAttempt(access);
            }
            if (!waited) {
                waited = true;
                countWait();
            }
            // Nobody opens the gate for a recall: it is looked for.
            gate.await(seen, host == null ? left : Math.min(left, RECALL_PACE));
        }
    }

    /** At the end of the grace the next provider of a free kind may serve; whether its timer ran already is chance. */
    private Acquired<T> lastAttempt(Access access) throws ProviderUnavailableException {
        slot.refresh();
        @Nullable Acquired<T> found = attempt(access);
        if (found == null) {
            throw new ProviderUnavailableException(slot.kind(), slot.reason(pluginId));
        }
        return found;
    }

    private @Nullable Acquired<T> attempt(Access access) {
        while (true) {
            @Nullable Generation<T> now = current;
            if (now == null) {
                if (!slot.readOwner(this)) {
                    return null;
                }
                continue;
            }
            long @Nullable [] own = now.take();
            if (own == null) {
                continue;
            }
            if (usable(now, access)) {
                return new Acquired<>(now, own);
            }
            if (holding) {
                now.giveBack(own);
                return null;
            }
            Claim claim = claim(now);
            if (claim == Claim.MINE) {
                return new Acquired<>(now, own);
            }
            now.giveBack(own);
            if (claim == Claim.UNAVAILABLE) {
                return null;
            }
        }
    }

    private enum Claim {
        MINE,
        ANOTHERS,
        UNAVAILABLE
    }

    /** Records the provider's store as the owner, durably, before the first write reaches it. */
    private Claim claim(Generation<T> generation) {
        synchronized (claiming) {
            if (generation.writable()) {
                return Claim.MINE;
            }
            if (!slot.claim(this, generation.candidate())) {
                return Claim.UNAVAILABLE;
            }
            return generation.writable() ? Claim.MINE : Claim.ANOTHERS;
        }
    }

    private void countWait() {
        waits.increment();
        slot.countWait();
    }

    /** How many calls have waited. */
    long waits() {
        return waits.sum();
    }

    String pluginId() {
        return pluginId;
    }

    /** What serves now, for a look. */
    Optional<Candidate<T>> serving() {
        @Nullable Generation<T> now = current;
        return now == null ? Optional.empty() : Optional.of(now.candidate());
    }

    /** Lets everybody who waits look again. */
    void wake() {
        gate.open();
    }

    // From here on with the slot's lock held.

    Ownership ownership() {
        return ownership;
    }

    void ownership(Ownership known) {
        ownership = known;
    }

    @Nullable
    Long graceEnd() {
        return graceEnd;
    }

    void graceEnd(@Nullable Long nanos) {
        graceEnd = nanos;
    }

    /** Remembers a loss of what a volatile store held; true for one that was not told yet. */
    boolean tellLoss(UUID store) {
        if (store.equals(lossSeen)) {
            return false;
        }
        lossSeen = store;
        return true;
    }

    /** Remembers whether another provider than the bound one serves; true when that just began. */
    boolean tellFallback(boolean now) {
        boolean began = now && !fellBack;
        fellBack = now;
        return began;
    }

    /** Remembers whether a binding waits for a move; true when that just began. */
    boolean tellPending(boolean now) {
        boolean began = now && !pending;
        pending = now;
        return began;
    }

    /**
     * Changes how the provider is published from now on, for a move of the data; the next publication shows it.
     *
     * @param before what is put in front of the provider; null for nothing
     * @param hold whether writes wait
     */
    void mode(@Nullable UnaryOperator<T> before, boolean hold) {
        layer = before;
        holding = hold;
        modeChanged = true;
    }

    /** Generations that were published once and whose calls have not ended. */
    List<Generation<T>> ending() {
        ending.removeIf(Generation::drained);
        return List.copyOf(ending);
    }

    /**
     * Publishes who serves from now on. The generation before is retired after the new one can be seen, so nobody who
     * finds it retired reads it again.
     */
    Published<T> publish(@Nullable Candidate<T> next, boolean writable) {
        boolean mayWrite = writable && !holding;
        @Nullable Generation<T> before = current;
        if (before != null && before.candidate() == next && !modeChanged) {
            if (mayWrite && !before.writable()) {
                before.makeWritable();
                gate.open();
            }
            return new Published<>(Optional.empty(), false);
        }
        modeChanged = false;
        current = next == null
                ? null
                : next.provider()
                        .map(it -> next.serve(layer == null ? it : layer.apply(it), mayWrite))
                        .orElse(null);
        if (before != null) {
            before.retire();
            ending.removeIf(Generation::drained);
            ending.add(before);
        }
        long serving = current == null || next == null ? NOBODY : next.traits().serviceId();
        boolean swapped = serving != NOBODY && lastServing != NOBODY && serving != lastServing;
        if (serving != NOBODY) {
            lastServing = serving;
        }
        gate.open();
        return new Published<>(Optional.ofNullable(before), swapped);
    }

    /**
     * What a publication did.
     *
     * @param retired the generation before, when there was one
     * @param swapped whether another provider serves than before
     */
    record Published<T>(Optional<Generation<T>> retired, boolean swapped) {}
}
