// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The providers of one slot as they are at a moment, for operators and for moves: shows them, and finds one by name or by
 * store. Changes nothing.
 *
 * @param <T> the SPI
 */
final class ProviderShelf<T> {
    private final String kind;
    private final Supplier<Collection<Candidate<T>>> candidates;
    private final Supplier<BaySettings> settings;

    ProviderShelf(String kind, Supplier<Collection<Candidate<T>>> candidates, Supplier<BaySettings> settings) {
        this.kind = kind;
        this.candidates = candidates;
        this.settings = settings;
    }

    /** Every provider in the order of choice. */
    List<ProviderView> views() {
        return views(candidates.get().stream());
    }

    /** The providers that a binding matches, ready or not, in the order of choice. */
    List<ProviderView> matching(Wish wish) {
        return views(candidates.get().stream().filter(candidate -> wish.matches(candidate.traits())));
    }

    private List<ProviderView> views(Stream<Candidate<T>> shown) {
        return shown.sorted(Comparator.comparing(Candidate::traits, ProviderTraits.ORDER_OF_CHOICE))
                .map(this::view)
                .toList();
    }

    private ProviderView view(Candidate<T> candidate) {
        ProviderTraits traits = candidate.traits();
        Duration drain = settings.get().drain();
        String trouble = candidate.guard().trouble();
        String away = candidate.outage().lasts()
                ? "calls wait for what stands behind it: " + candidate.outage().reason()
                : "";
        String slow = traits.callTimeout().compareTo(drain) > 0
                ? "one call may take " + traits.callTimeout().toMillis() + " ms, longer than the drain time of "
                        + drain.toMillis() + " ms"
                : "";
        return new ProviderView(
                kind,
                traits.name(),
                traits.bundle(),
                traits.ranking(),
                traits.explicit(),
                candidate.state(),
                candidate.health(),
                candidate.store().map(store -> store.id().toString()),
                candidate.leases(),
                candidate.calls(),
                candidate.failures(),
                Stream.of(candidate.detail(), trouble, away, slow)
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    /** Whether the ready provider of this name works on the store that owns a plugin's data. */
    boolean holds(Ownership.Owned owned, String provider) {
        return ready(provider).stream()
                .flatMap(candidate -> candidate.store().stream())
                .anyMatch(store -> owned.isHeldBy(provider, store));
    }

    /** A ready provider on a store, by preference the one that is named. */
    Optional<Candidate<T>> holder(StoreOwner owner) {
        Ownership.Owned owned = new Ownership.Owned(owner);
        return candidates.get().stream()
                .filter(candidate -> candidate.state() == ProviderView.State.READY)
                .filter(candidate -> candidate
                        .store()
                        .map(store -> owned.isHeldBy(candidate.traits().name(), store))
                        .orElse(false))
                .min(Comparator.comparing((Candidate<T> candidate) ->
                                !candidate.traits().name().equals(owner.providerName()))
                        .thenComparing(Candidate::traits, ProviderTraits.ORDER_OF_CHOICE));
    }

    /** What would be recorded as the owner on the store of a ready provider. */
    Optional<StoreOwner> ownerOn(String provider) {
        return ready(provider).flatMap(Candidate::store).map(store -> new StoreOwner(store, provider));
    }

    /** Whether what the ready provider of this name keeps survives its component. */
    boolean durable(String provider) {
        return ready(provider)
                .flatMap(Candidate::store)
                .filter(store -> store.durability() != Durability.NONE)
                .isPresent();
    }

    private Optional<Candidate<T>> ready(String provider) {
        return candidates.get().stream()
                .filter(candidate -> candidate.state() == ProviderView.State.READY)
                .filter(candidate -> candidate.traits().name().equals(provider))
                .findFirst();
    }
}
