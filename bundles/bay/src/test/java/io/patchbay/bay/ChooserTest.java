// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bay.Chooser.Eligible;
import io.patchbay.port.StoreOwner;
import io.patchbay.provider.Durability;
import io.patchbay.provider.Provider;
import io.patchbay.provider.StoreIdentity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ChooserTest {
    private static final StoreIdentity ONE = new StoreIdentity(UUID.randomUUID(), Durability.POWER);
    private static final StoreIdentity OTHER = new StoreIdentity(UUID.randomUUID(), Durability.POWER);

    private static Eligible eligible(long id, String name, int ranking) {
        return new Eligible(Bench.traits(id, name, Map.of("service.ranking", ranking)), Optional.empty());
    }

    private static Eligible stored(long id, String name, int ranking, StoreIdentity store) {
        return new Eligible(Bench.traits(id, name, Map.of("service.ranking", ranking)), Optional.of(store));
    }

    private static Decision free(List<Eligible> ready, Wish... wishes) {
        return Chooser.choose(ready, List.of(wishes), new Ownership.Free(), false);
    }

    private static Decision owned(StoreIdentity store, String name, List<Eligible> ready, Wish... wishes) {
        return Chooser.choose(ready, List.of(wishes), new Ownership.Owned(new StoreOwner(store, name)), false);
    }

    @Test
    void withoutBindingTheHighestRankingServes() {
        assertThat(free(List.of(eligible(1, "a", 0), eligible(2, "b", 5))).serviceId())
                .hasValue(2);
    }

    @Test
    void equalRankingIsDecidedByNameAndThenByAge() {
        assertThat(free(List.of(eligible(1, "b", 0), eligible(3, "a", 0), eligible(2, "a", 0)))
                        .serviceId())
                .hasValue(2);
    }

    @Test
    void anExplicitProviderIsNeverChosenByRanking() {
        Eligible explicit = new Eligible(Bench.traits(1, "fixed", Map.of(Provider.EXPLICIT, true)), Optional.empty());

        assertThat(free(List.of(explicit)).serviceId()).isEmpty();
        assertThat(free(List.of(explicit), Wish.configured("k", "", "fixed", ""))
                        .serviceId())
                .hasValue(1);
    }

    @Test
    void theFirstWishWinsOverLaterOnesAndRanking() {
        List<Eligible> ready = List.of(eligible(1, "a", 9), eligible(2, "b", 0), eligible(3, "c", 0));

        assertThat(free(ready, Wish.configured("k", "p", "b", ""), Wish.configured("k", "", "c", ""))
                        .serviceId())
                .hasValue(2);
    }

    @Test
    void aFilterChoosesByServiceProperties() {
        Eligible eu = new Eligible(Bench.traits(2, "b", Map.of("zone", "eu")), Optional.empty());

        assertThat(free(List.of(eligible(1, "a", 9), eu), Wish.configured("k", "", "", "(zone=eu)"))
                        .serviceId())
                .hasValue(2);
    }

    @Test
    void aFilterThatDoesNotParseIsShownAndNotFollowed() {
        Decision decision = free(List.of(eligible(1, "a", 0)), Wish.configured("k", "", "", "(zone=eu"));

        assertThat(decision.serviceId()).hasValue(1);
        assertThat(decision.steps()).anyMatch(step -> step.contains("filter does not parse"));
    }

    @Test
    void aMissingBoundProviderOfAFreeKindIsWaitedForAndThenTheNextServes() {
        List<Eligible> ready = List.of(eligible(1, "a", 0));
        List<Wish> wishes = List.of(Wish.configured("k", "", "b", ""));

        Decision before = Chooser.choose(ready, wishes, new Ownership.Free(), false);
        Decision after = Chooser.choose(ready, wishes, new Ownership.Free(), true);

        assertThat(before.serviceId()).isEmpty();
        assertThat(before.outcome()).isEqualTo(Decision.Outcome.WAITS_FOR_BOUND);
        assertThat(after.serviceId()).hasValue(1);
        assertThat(after.outcome()).isEqualTo(Decision.Outcome.FELL_BACK);
        assertThat(after.wish()).isEqualTo("b");
    }

    @Test
    void aMissingBoundProviderOfAStickyKindIsNeverReplaced() {
        Decision decision = Chooser.choose(
                List.of(stored(1, "a", 0, ONE)),
                List.of(Wish.configured("k", "p", "b", "")),
                new Ownership.Nobody(),
                true);

        assertThat(decision.serviceId()).isEmpty();
    }

    @Test
    void onlyProvidersOnTheOwningStoreServeAndRankingDecidesAmongThem() {
        List<Eligible> ready = List.of(stored(1, "a", 0, ONE), stored(2, "b", 3, ONE), stored(3, "c", 1000, OTHER));

        assertThat(owned(ONE, "a", ready).serviceId()).hasValue(2);
    }

    @Test
    void anotherStoreNeverServesWhileTheOwnerIsAway() {
        Decision decision = owned(ONE, "a", List.of(stored(3, "c", 1000, OTHER)), Wish.configured("k", "", "c", ""));

        assertThat(decision.serviceId()).isEmpty();
        assertThat(decision.reason()).contains("no other may answer");
    }

    @Test
    void aWishForAnotherStoreIsPendingAndTheOwnerKeepsServing() {
        Decision decision = owned(
                ONE,
                "a",
                List.of(stored(1, "a", 0, ONE), stored(2, "b", 0, OTHER)),
                Wish.configured("k", "p", "b", ""));

        assertThat(decision.serviceId()).hasValue(1);
        assertThat(decision.outcome()).isEqualTo(Decision.Outcome.PENDING_MOVE);
        assertThat(decision.wish()).isEqualTo("b");
        assertThat(decision.reason()).contains("pending: needs --copy or --discard");
    }

    @Test
    void aWishAmongProvidersOnTheOwningStoreIsFollowed() {
        Decision decision = owned(
                ONE, "a", List.of(stored(1, "a", 9, ONE), stored(2, "b", 0, ONE)), Wish.configured("k", "p", "b", ""));

        assertThat(decision.serviceId()).hasValue(2);
    }

    @Test
    void theOwnerOfAVolatileStoreIsItsNameWhateverItsId() {
        StoreIdentity before = new StoreIdentity(UUID.randomUUID(), Durability.NONE);
        StoreIdentity after = new StoreIdentity(UUID.randomUUID(), Durability.NONE);

        assertThat(owned(before, "memory", List.of(stored(1, "memory", 0, after), stored(2, "z", 9, ONE)))
                        .serviceId())
                .hasValue(1);
        assertThat(owned(before, "memory", List.of(stored(1, "memory", 0, ONE))).serviceId())
                .isEmpty();
    }

    @Test
    void nothingServesBeforeTheOwnerCanBeRead() {
        assertThat(Chooser.choose(List.of(stored(1, "a", 0, ONE)), List.of(), new Ownership.Unread(), true)
                        .serviceId())
                .isEmpty();
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        List<Eligible> one = List.of(eligible(1, "a", 0), eligible(2, "b", 0), eligible(3, "c", -1));
        List<Eligible> other = List.of(one.get(2), one.get(1), one.get(0));

        assertThat(free(one)).isEqualTo(free(other));
    }
}
