// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.ProviderHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
    private final String spi;
    private final Supplier<Collection<Candidate<T>>> candidates;
    private final BayParts parts;

    ProviderShelf(String kind, String spi, Supplier<Collection<Candidate<T>>> candidates, BayParts parts) {
        this.kind = kind;
        this.spi = spi;
        this.candidates = candidates;
        this.parts = parts;
    }

    /** Every provider in the order of choice, also one that is declared and lacks something. */
    List<ProviderView> views() {
        return matching(traits -> true);
    }

    /** The providers that a binding matches, ready or not, in the order of choice. */
    List<ProviderView> matching(Wish wish) {
        return matching(wish::matches);
    }

    /** The first ready provider that a binding matches; asks the component runtime nothing. */
    Optional<ProviderView> firstReady(Wish wish) {
        return candidates.get().stream()
                .filter(candidate -> candidate.state() == ProviderView.State.READY)
                .filter(candidate -> wish.matches(candidate.traits()))
                .min(Comparator.comparing(Candidate::traits, ProviderTraits.ORDER_OF_CHOICE))
                .map(candidate -> view(candidate, owners()));
    }

    /** The providers of these names whose services are there; asks the component runtime nothing. */
    List<ProviderView> present(Set<String> names) {
        Map<String, StoreOwner> owners = owners();
        return candidates.get().stream()
                .filter(candidate -> names.contains(candidate.traits().name()))
                .map(candidate -> view(candidate, owners))
                .toList();
    }

    private Map<String, StoreOwner> owners() {
        return parts.owners().all(kind).orElse(Map.of());
    }

    private List<ProviderView> matching(Predicate<ProviderTraits> wanted) {
        Map<String, StoreOwner> owners = owners();
        List<Shown> shown = new ArrayList<>();
        for (Candidate<T> candidate : candidates.get()) {
            shown.add(new Shown(candidate.traits(), () -> view(candidate, owners)));
        }
        for (Declared declared : parts.declared().get().missing(spi)) {
            shown.add(new Shown(declared.traits(), () -> view(declared)));
        }
        return shown.stream()
                .filter(one -> wanted.test(one.traits()))
                .sorted(Comparator.comparing(Shown::traits, ProviderTraits.ORDER_OF_CHOICE))
                .map(one -> one.view().get())
                .toList();
    }

    private record Shown(ProviderTraits traits, Supplier<ProviderView> view) {}

    private ProviderView view(Candidate<T> candidate, Map<String, StoreOwner> owners) {
        ProviderTraits traits = candidate.traits();
        return new ProviderView(
                kind,
                traits.name(),
                traits.bundle(),
                traits.ranking(),
                traits.explicit(),
                candidate.state(),
                candidate.health(),
                candidate.store().map(store -> store.id().toString()),
                owns(candidate, owners),
                traits.pid(),
                candidate.leases(),
                candidate.calls(),
                candidate.failures(),
                Stream.of(failure(candidate), candidate.guard().trouble(), away(candidate), slow(traits))
                        .filter(text -> !text.isEmpty())
                        .findFirst()
                        .orElse(""));
    }

    private String failure(Candidate<T> candidate) {
        return candidate.unusable()
                ? parts.declared()
                        .get()
                        .failure(candidate.traits().properties())
                        .orElse(candidate.detail())
                : candidate.detail();
    }

    private String away(Candidate<T> candidate) {
        return candidate.outage().lasts()
                ? "calls wait for what stands behind it: " + candidate.outage().reason()
                : "";
    }

    private String slow(ProviderTraits traits) {
        Duration drain = parts.settings().get().drain();
        return traits.callTimeout().compareTo(drain) > 0
                ? "one call may take " + traits.callTimeout().toMillis() + " ms, longer than the drain time of "
                        + drain.toMillis() + " ms"
                : "";
    }

    private List<String> owns(Candidate<T> candidate, Map<String, StoreOwner> owners) {
        String name = candidate.traits().name();
        return candidate.store().stream()
                .flatMap(store -> owners.entrySet().stream()
                        .filter(owner -> new Ownership.Owned(owner.getValue()).isHeldBy(name, store)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private ProviderView view(Declared declared) {
        ProviderTraits traits = declared.traits();
        return new ProviderView(
                kind,
                traits.name(),
                traits.bundle(),
                traits.ranking(),
                traits.explicit(),
                declared.state(),
                new ProviderHealth(ProviderHealth.Status.DOWN, "it is not there"),
                Optional.empty(),
                List.of(),
                traits.pid(),
                0,
                0,
                0,
                declared.detail());
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
