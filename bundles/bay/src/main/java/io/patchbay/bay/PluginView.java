// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One plugin's view of a slot: the generation published for it, and the way to a lease. While nothing is swapped that way
 * is one volatile read and one compare-and-set.
 *
 * <p>Fields that say so are guarded by the slot's lock.
 *
 * @param <T> the SPI
 */
final class PluginView<T> implements PluginSlot<T> {
    /** No service has this id. */
    private static final long NOBODY = -1;

    private final ProviderSlot<T> slot;
    private final String pluginId;
    private final BayParts parts;
    private final HeldLeases held;
    private final CallFailures failures;
    private final Gate gate = new Gate();
    private final Object claiming = new Object();

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
        this.held = parts.held();
        this.failures = parts.failures();
        this.ownership = ownership;
    }

    @Override
    public Lease<T> lease(Access access, long deadlineNanos) throws ProviderUnavailableException {
        Generation<T> generation = acquire(access, deadlineNanos);
        held.add(generation);
        return generation;
    }

    @Override
    public Optional<Lease<T>> tryLease() {
        while (true) {
            @Nullable Generation<T> now = current;
            if (now == null || !now.writable() || isHeldUp(now.candidate())) {
                return Optional.empty();
            }
            if (now.acquireHere()) {
                return now.asOptional();
            }
        }
    }

    private static boolean isHeldUp(Candidate<?> candidate) {
        return candidate.outage().lasts() && !candidate.outage().isDue();
    }

    @Override
    public <R, X extends Exception> R call(Access access, long deadlineNanos, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        Generation<T> generation = acquire(access, deadlineNanos);
        Candidate<T> candidate = generation.candidate();
        if (candidate.outage().lasts()) {
            generation.release();
            return callThroughOutage(candidate, access, deadlineNanos, call);
        }
        try {
            return callOnce(generation, access, deadlineNanos, call);
        } catch (BackendUnavailableException away) {
            return callThroughOutage(candidate, access, deadlineNanos, call);
        }
    }

    /** Waits, at most for the grace time, until what stands behind the provider has returned, or another one serves. */
    private <R, X extends Exception> R callThroughOutage(
            Candidate<T> found, Access access, long deadlineNanos, ProviderCall<? super T, R, X> call)
            throws X, ProviderUnavailableException, ProviderFailedException {
        slot.countWait();
        long start = System.nanoTime();
        long until = start + Math.min(parts.settings().get().grace().toNanos(), deadlineNanos - start);
        Candidate<T> away = found;
        while (true) {
            Candidate<T> waitedFor = away;
            Outage.Next next = waitedFor.outage().await(until, deadlineNanos, () -> serves(waitedFor));
            if (next == Outage.Next.GIVE_UP) {
                throw failures.away(waitedFor);
            }
            boolean answered = false;
            try {
                @Nullable Generation<T> generation = next == Outage.Next.TRY ? attempt(access) : null;
                if (generation == null) {
                    // What is waited for here may need this very server, a move for example: never with the turn.
                    next = waitedFor.outage().giveTurn(next);
                    generation = acquire(access, deadlineNanos, start);
                }
                away = generation.candidate();
                if (away.outage().lasts() && (next == Outage.Next.GO_ON || away != waitedFor)) {
                    generation.release();
                    continue;
                }
                answered = true;
                return callOnce(generation, access, deadlineNanos, call);
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

    private boolean serves(Candidate<T> candidate) {
        @Nullable Generation<T> now = current;
        return now != null && now.candidate() == candidate;
    }

    /**
     * One call on the provider of one lease, which is given back.
     *
     * @throws BackendUnavailableException when it has changed nothing and may be made again
     */
    private <R, X extends Exception> R callOnce(
            Generation<T> generation, Access access, long deadlineNanos, ProviderCall<? super T, R, X> call)
            throws X, ProviderFailedException {
        Candidate<T> candidate = generation.candidate();
        if (!candidate.guard().permits()) {
            generation.release();
            throw failures.leftAlone(candidate);
        }
        return candidate.traits().blocks(access)
                ? callOnPool(generation, deadlineNanos, call)
                : callHere(generation, call);
    }

    private <R, X extends Exception> R callHere(Generation<T> generation, ProviderCall<? super T, R, X> call)
            throws X, ProviderFailedException {
        Candidate<T> candidate = generation.candidate();
        @Nullable R result = null;
        @Nullable Throwable broken = null;
        boolean late = false;
        boolean answered = false;
        held.add(generation);
        try {
            result = call.on(generation.provider());
            answered = true;
        } catch (RuntimeException | Error e) {
            broken = e;
        } finally {
            held.remove(generation);
            late = generation.release();
            if (!answered && broken == null) {
                // The checked exception of the SPI is on its way out: an answer like any other.
                candidate.guard().succeeded();
            }
        }
        return outcome(candidate, result, broken, late);
    }

    private <R, X extends Exception> R callOnPool(
            Generation<T> generation, long deadlineNanos, ProviderCall<? super T, R, X> call)
            throws X, ProviderFailedException {
        Candidate<T> candidate = generation.candidate();
        PooledCall<T, R> pooled = new PooledCall<>(generation, call, held);
        if (!candidate.pool().offer(pooled)) {
            pooled.withdraw();
            throw failures.noThread(candidate);
        }
        long nanos = Math.min(candidate.traits().callTimeout().toNanos(), deadlineNanos - System.nanoTime());
        if (!pooled.await(nanos)) {
            boolean begun = !pooled.withdraw();
            if (!begun) {
                candidate.pool().withdraw(pooled);
            }
            throw failures.overstayed(candidate, begun);
        }
        @Nullable Throwable thrown = pooled.thrown();
        if (thrown != null && !(thrown instanceof RuntimeException) && !(thrown instanceof Error)) {
            candidate.guard().succeeded();
            @SuppressWarnings("unchecked") // what else a ProviderCall throws is its X
            X passedThrough = (X) thrown;
            throw passedThrough;
        }
        return outcome(candidate, pooled.result(), thrown, pooled.late());
    }

    private <R> R outcome(Candidate<T> candidate, @Nullable R result, @Nullable Throwable broken, boolean late)
            throws ProviderFailedException {
        if (broken instanceof BackendUnavailableException away) {
            candidate.guard().away();
            candidate.outage().found(away);
            if (away.effect() == BackendUnavailableException.Effect.NONE) {
                throw away;
            }
            throw failures.inDoubt(candidate, away);
        }
        if (broken != null) {
            throw failures.threw(candidate, broken);
        }
        if (late) {
            throw failures.overstayedDrain(candidate);
        }
        if (result == null) {
            throw failures.answeredNull(candidate);
        }
        candidate.guard().succeeded();
        return result;
    }

    private Generation<T> acquire(Access access, long deadlineNanos) throws ProviderUnavailableException {
        @Nullable Generation<T> now = current;
        if (now != null && (access == Access.READ || now.writable()) && now.acquire()) {
            return now;
        }
        return acquire(access, deadlineNanos, System.nanoTime());
    }

    private Generation<T> acquire(Access access, long deadlineNanos, long graceBegins)
            throws ProviderUnavailableException {
        boolean waited = false;
        long graceStart = graceBegins;
        long grace = parts.settings().get().grace().toNanos();
        while (true) {
            long seen = gate.changes();
            if (slot.closed()) {
                throw new ProviderUnavailableException(slot.kind(), "the slot of kind " + slot.kind() + " is closed");
            }
            @Nullable Generation<T> found = attempt(access);
            if (found != null) {
                return found;
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
                slot.countWait();
            }
            gate.await(seen, left);
        }
    }

    /** At the end of the grace the next provider of a free kind may serve; whether its timer ran already is chance. */
    private Generation<T> lastAttempt(Access access) throws ProviderUnavailableException {
        slot.refresh();
        @Nullable Generation<T> found = attempt(access);
        if (found == null) {
            throw new ProviderUnavailableException(slot.kind(), slot.reason(pluginId));
        }
        return found;
    }

    private @Nullable Generation<T> attempt(Access access) {
        while (true) {
            @Nullable Generation<T> now = current;
            if (now == null) {
                if (!slot.readOwner(this)) {
                    return null;
                }
                continue;
            }
            if (!now.acquire()) {
                continue;
            }
            if (access == Access.READ || now.writable()) {
                return now;
            }
            if (holding) {
                now.release();
                return null;
            }
            Claim claim = claim(now);
            if (claim == Claim.MINE) {
                return now;
            }
            now.release();
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
