// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView;
import io.patchbay.admin.Topics;
import io.patchbay.hostservice.SlotOptions;
import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets the providers of one slot in and out: asks whether they are ready and which store they have, and holds a leaving one
 * until its calls have ended. Who serves is the slot's matter.
 *
 * @param <T> the SPI
 */
final class Arrivals<T> implements ProviderSink<T> {
    private final ProviderSlot<T> slot;
    private final SlotOptions<T> options;
    private final BayParts parts;

    /** By service id; read and changed with the slot's lock held. */
    private final Map<Long, Candidate<T>> candidates;

    private final Gate told = new Gate();
    private long admissions;

    Arrivals(ProviderSlot<T> slot, SlotOptions<T> options, BayParts parts, Map<Long, Candidate<T>> candidates) {
        this.slot = slot;
        this.options = options;
        this.parts = parts;
        this.candidates = candidates;
    }

    @Override
    public void added(ProviderTraits traits, T service) {
        Candidate<T> candidate = admit(traits, service);
        if (traits.problem().isPresent()) {
            turnAway(candidate, ProviderView.State.REFUSED, traits.problem().get());
            return;
        }
        try {
            Optional<CompletionStage<Void>> ready = candidate
                    .ask(provider -> Optional.ofNullable(provider instanceof Provider known ? known.ready() : null))
                    .flatMap(Function.identity());
            if (!(service instanceof Provider)) {
                ready(candidate);
            } else if (ready.isEmpty()) {
                turnAway(candidate, ProviderView.State.FAILED, "its ready() answered null");
            } else {
                ready.get().whenComplete((done, failure) -> readyOrNot(candidate, failure));
            }
        } catch (RuntimeException | Error e) {
            CallFailures.throwOn(e);
            readyOrNot(candidate, e);
        }
    }

    @Override
    public void unusable(ProviderTraits traits, String reason) {
        turnAway(admit(traits, null), ProviderView.State.FAILED, reason);
    }

    private Candidate<T> admit(ProviderTraits traits, @Nullable T service) {
        Candidate<T> candidate = new Candidate<>(options.kind(), traits, service, parts);
        slot.change(effects -> candidates.put(traits.serviceId(), candidate));
        return candidate;
    }

    private void readyOrNot(Candidate<T> candidate, @Nullable Throwable failure) {
        if (failure == null) {
            ready(candidate);
            return;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String why = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
        turnAway(candidate, ProviderView.State.FAILED, why);
    }

    private void ready(Candidate<T> candidate) {
        Optional<StoreIdentity> store = Optional.empty();
        if (options.store().isPresent()) {
            try {
                Function<? super T, StoreIdentity> question = options.store().get();
                store = candidate.ask(question);
            } catch (RuntimeException | Error e) {
                CallFailures.throwOn(e);
                readyOrNot(candidate, e);
                return;
            }
            if (store.isEmpty()) {
                return;
            }
        }
        Optional<StoreIdentity> known = store;
        slot.change(effects -> {
            if (!present(candidate)) {
                return;
            }
            candidate.admit(++admissions, known);
            slot.settle(effects);
            announce(effects, candidate);
        });
        told.open();
    }

    /** Waits until every provider has said whether it can serve, or has had the grace time since it came. */
    void await() {
        long grace = parts.settings().get().grace().toNanos();
        while (true) {
            long seen = told.changes();
            long now = System.nanoTime();
            long left = slot.snapshot().stream()
                    .filter(candidate -> candidate.state() == ProviderView.State.STARTING)
                    .mapToLong(candidate -> grace - (now - candidate.sinceNanos()))
                    .max()
                    .orElse(0);
            if (left <= 0) {
                return;
            }
            told.await(seen, left);
        }
    }

    /** One that leaves before it was ready has nothing to say any more. */
    private void turnAway(Candidate<T> candidate, ProviderView.State state, String why) {
        Holder<T> turned = new Holder<>();
        slot.change(effects -> {
            if (present(candidate)) {
                candidate.state(state, why);
                announce(effects, candidate);
                turned.candidate = candidate;
            }
        });
        if (turned.candidate != null) {
            parts.log()
                    .warning(
                            "provider '" + candidate.traits().name() + "' of kind " + options.kind() + " in "
                                    + candidate.traits().bundle() + " is not used: " + why,
                            null);
        }
        told.open();
    }

    @Override
    public void changed(ProviderTraits traits) {
        slot.change(effects -> {
            @Nullable Candidate<T> candidate = candidates.get(traits.serviceId());
            if (candidate == null || candidate.state() == ProviderView.State.DRAINING) {
                return;
            }
            candidate.traits(traits);
            traits.problem().ifPresent(why -> candidate.state(ProviderView.State.REFUSED, why));
            slot.settle(effects);
        });
    }

    @Override
    public void removed(long serviceId) {
        long until = System.nanoTime() + parts.settings().get().drain().toNanos();
        @Nullable Candidate<T> leaving = leave(serviceId);
        if (leaving == null) {
            return;
        }
        leaving.retire();
        drain(leaving, until);
        slot.change(effects -> {
            if (candidates.remove(serviceId, leaving)) {
                slot.counters().keep(leaving.traits().name(), leaving.tally());
                effects.event(slot.event(Topics.PROVIDER, "gone", leaving, "", "it left"));
            }
        });
        leaving.pool().close();
    }

    private @Nullable Candidate<T> leave(long serviceId) {
        Holder<T> found = new Holder<>();
        slot.change(effects -> {
            @Nullable Candidate<T> leaving = candidates.get(serviceId);
            if (leaving != null) {
                leaving.state(ProviderView.State.DRAINING, "it leaves; its last calls end");
                slot.settle(effects);
            }
            found.candidate = leaving;
        });
        told.open();
        return found.candidate;
    }

    private static final class Holder<T> {
        @Nullable
        Candidate<T> candidate;
    }

    /** Waits for a provider's calls until the given moment, then cuts off and reports those that are left. */
    void drain(Candidate<T> leaving, long untilNanos) {
        if (leaving.leases() > 0) {
            slot.counters().drains.increment();
        }
        long overstayed = leaving.drain(untilNanos);
        if (overstayed == 0) {
            return;
        }
        slot.counters().overstays.add(overstayed);
        String detail = overstayed + (overstayed == 1 ? " call" : " calls") + " did not end within the drain time of "
                + parts.settings().get().drain().toMillis()
                + " ms; the provider is let go, and what they bring is dropped";
        parts.log()
                .warning("provider '" + leaving.traits().name() + "' of kind " + options.kind() + ": " + detail, null);
        parts.events().post(slot.event(Topics.OVERSTAYED, "overstayed", leaving, "", detail));
    }

    private boolean present(Candidate<T> candidate) {
        return candidates.get(candidate.traits().serviceId()) == candidate
                && candidate.state() != ProviderView.State.DRAINING;
    }

    private void announce(Effects effects, Candidate<T> candidate) {
        effects.event(slot.event(
                Topics.PROVIDER, candidate.state().name().toLowerCase(Locale.ROOT), candidate, "", candidate.detail()));
    }
}
