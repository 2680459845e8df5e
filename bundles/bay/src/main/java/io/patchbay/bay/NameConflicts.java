// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView;
import io.patchbay.provider.StoreIdentity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides between providers of one name: on one store, or in a kind without stores, the lower-ranked are shadowed; on
 * another store, whoever came later is refused (DESIGN 5).
 */
final class NameConflicts {
    private NameConflicts() {}

    /** Sets the state of every admitted candidate; the slot's lock is held. */
    static <T> void settle(Collection<Candidate<T>> candidates) {
        Map<String, List<Candidate<T>>> byName = new LinkedHashMap<>();
        for (Candidate<T> candidate : candidates) {
            if (candidate.admitted()) {
                byName.computeIfAbsent(candidate.traits().name(), name -> new ArrayList<>())
                        .add(candidate);
            }
        }
        byName.values().forEach(NameConflicts::settleNamesakes);
    }

    private static <T> void settleNamesakes(List<Candidate<T>> namesakes) {
        namesakes.sort(Comparator.comparingLong(Candidate::admission));
        Optional<StoreIdentity> first = namesakes.get(0).store();
        namesakes.sort(Comparator.comparing(Candidate::traits, ProviderTraits.ORDER_OF_CHOICE));
        Optional<Candidate<T>> winner = Optional.empty();
        for (Candidate<T> candidate : namesakes) {
            if (!sameStore(first, candidate.store())) {
                candidate.state(
                        ProviderView.State.REFUSED,
                        "another provider of this name works on another store; give one of them another name");
            } else if (winner.isPresent()) {
                candidate.state(
                        ProviderView.State.SHADOWED,
                        "hidden by the provider of the same name in "
                                + winner.get().traits().bundle());
            } else {
                candidate.state(ProviderView.State.READY, "");
                winner = Optional.of(candidate);
            }
        }
    }

    private static boolean sameStore(Optional<StoreIdentity> one, Optional<StoreIdentity> other) {
        return one.map(StoreIdentity::id).equals(other.map(StoreIdentity::id));
    }
}
