// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView;
import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.Provider;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.StoreIdentity;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One registered provider in one slot: what is known of it, and every generation through which it is still called.
 *
 * <p>Its state, traits and store are changed with the slot's lock held and may be read without.
 *
 * @param <T> the SPI
 */
final class Candidate<T> {
    private final String kind;
    private final Supplier<BaySettings> settings;
    private final HeldLeases held;
    private final CallGuard guard;
    private final Outage outage;
    private final ProviderPool pool;
    private final Set<Generation<T>> generations = ConcurrentHashMap.newKeySet();
    private final LongAdder takenBefore = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusals = new LongAdder();

    /** The patch bay's own lease, for readiness, store and health; never counted as a call. */
    private final @Nullable Generation<T> desk;

    private final long sinceNanos = System.nanoTime();

    private volatile ProviderTraits traits;
    private volatile ProviderView.State state = ProviderView.State.STARTING;
    private volatile String detail = "";
    private volatile Optional<StoreIdentity> store = Optional.empty();
    private volatile long admission;

    Candidate(String kind, ProviderTraits traits, @Nullable T provider, BayParts parts) {
        this.kind = kind;
        this.settings = parts.settings();
        this.traits = traits;
        this.held = parts.held();
        this.guard = parts.guards().guardOf(kind, traits.name(), settings.get());
        this.outage = new Outage(kind, traits.name(), parts.events(), parts.log());
        this.pool = new ProviderPool(
                kind,
                traits.name(),
                settings.get(),
                provider == null
                        ? Candidate.class.getClassLoader()
                        : provider.getClass().getClassLoader());
        this.desk = provider == null ? null : new Generation<>(this, provider, held, true);
        if (desk != null) {
            generations.add(desk);
        }
    }

    String kind() {
        return kind;
    }

    /** When it came, as {@link System#nanoTime()}. */
    long sinceNanos() {
        return sinceNanos;
    }

    ProviderTraits traits() {
        return traits;
    }

    void traits(ProviderTraits changed) {
        traits = changed;
    }

    ProviderView.State state() {
        return state;
    }

    void state(ProviderView.State next, String why) {
        state = next;
        detail = why;
    }

    String detail() {
        return detail;
    }

    Optional<StoreIdentity> store() {
        return store;
    }

    /** When it was first ready, counted in its slot; 0 before. */
    long admission() {
        return admission;
    }

    void admit(long number, Optional<StoreIdentity> identity) {
        admission = number;
        store = identity;
    }

    /** Whether it is ready and may be hidden or refused only by another one of its name. */
    boolean admitted() {
        return admission > 0
                && state != ProviderView.State.DRAINING
                && traits.problem().isEmpty();
    }

    CallGuard guard() {
        return guard;
    }

    Outage outage() {
        return outage;
    }

    ProviderPool pool() {
        return pool;
    }

    void countFailure() {
        failures.increment();
    }

    /** A call failed because the guard kept it from the provider. */
    void countRefusal() {
        refusals.increment();
        failures.increment();
    }

    SlotCounters.Tally tally() {
        return new SlotCounters.Tally(calls(), failures(), refusals.sum(), guard.opened(), outage.count());
    }

    long failures() {
        return failures.sum();
    }

    long calls() {
        return takenBefore.sum()
                + generations.stream()
                        .filter(generation -> generation != desk)
                        .mapToLong(Generation::taken)
                        .sum();
    }

    long leases() {
        return generations.stream().mapToLong(Generation::inFlight).sum();
    }

    /** Asks the provider something for the patch bay itself, under a lease; empty once it leaves. */
    <R> Optional<R> ask(Function<? super T, R> question) {
        long @Nullable [] own = desk == null ? null : desk.take();
        if (desk == null || own == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.apply(desk.provider()));
        } finally {
            desk.giveBack(own);
        }
    }

    /** Whether its service is registered and cannot be had. */
    boolean unusable() {
        return desk == null;
    }

    /**
     * As {@link #ask}, but waits for what stands behind the provider as a plugin's call does: at most the grace time, and
     * only where nothing was done.
     */
    <R> Optional<R> askPatiently(Function<? super T, R> question) {
        long until = System.nanoTime() + settings.get().grace().toNanos();
        Outage.Next next = Outage.Next.GO_ON;
        while (true) {
            BackendUnavailableException unavailable;
            try {
                Optional<R> answer = ask(question);
                if (next == Outage.Next.TRY) {
                    outage.over();
                }
                return answer;
            } catch (BackendUnavailableException away) {
                unavailable = away;
                outage.found(away);
            } finally {
                outage.giveTurn(next);
            }
            if (unavailable.effect() == BackendUnavailableException.Effect.UNKNOWN) {
                throw unavailable;
            }
            next = outage.await(until, until, () -> state == ProviderView.State.READY);
            if (next == Outage.Next.GIVE_UP) {
                throw unavailable;
            }
        }
    }

    /** What it says of itself now. */
    ProviderHealth health() {
        try {
            return ask(provider -> provider instanceof Provider known ? known.health() : ProviderHealth.UP)
                    .orElseGet(() -> new ProviderHealth(ProviderHealth.Status.DOWN, "it is leaving"));
        } catch (RuntimeException | Error e) {
            CallFailures.throwOn(e);
            return new ProviderHealth(
                    ProviderHealth.Status.DOWN,
                    "its health() failed: " + e.getClass().getName());
        }
    }

    /** Begins to serve a plugin. Only with the slot's lock held and while it is not leaving. */
    Generation<T> serve(T provider, boolean writable) {
        Generation<T> generation = new Generation<>(this, provider, held, writable);
        generations.add(generation);
        return generation;
    }

    /** The service itself, while it is there. */
    Optional<T> provider() {
        return ask(Function.identity());
    }

    void finished(Generation<T> generation) {
        // Out of the set first: read between the two, calls are missing for a moment rather than counted twice.
        if (generations.remove(generation) && generation != desk) {
            takenBefore.add(generation.taken());
        }
    }

    /** Gives no lease any more, to nobody. Idempotent. */
    void retire() {
        generations.forEach(Generation::retire);
    }

    /**
     * Waits for the calls in flight, but not for the waiting thread's own.
     *
     * @param untilNanos when to stop waiting, as {@link System#nanoTime()}
     * @return calls that were cut off, 0 when all ended
     */
    long drain(long untilNanos) {
        long overstayed = 0;
        for (Generation<T> generation : generations) {
            long left = generation.awaitDrained(generation.heldHere(), Optional.of(untilNanos));
            if (left > 0) {
                generation.cut();
                overstayed += left;
            }
        }
        return overstayed;
    }
}
