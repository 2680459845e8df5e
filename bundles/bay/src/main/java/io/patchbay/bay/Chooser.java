// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.provider.StoreIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Chooses the provider for one plugin and kind, by the rules of DESIGN 5 and nothing else: the owner of the data, the
 * plugin's binding, the default binding, then ranking, name, service id.
 */
final class Chooser {
    private static final String PENDING = "pending: needs --copy or --discard";

    private final List<Eligible> ready;
    private final List<Wish> wishes;
    private final boolean sticky;
    private final List<String> steps = new ArrayList<>();

    /**
     * A provider that is ready and has its name to itself.
     *
     * @param traits its properties
     * @param store its store, in a sticky kind
     */
    record Eligible(ProviderTraits traits, Optional<StoreIdentity> store) {}

    private Chooser(List<Eligible> ready, List<Wish> wishes, boolean sticky) {
        this.ready = ready.stream()
                .sorted(Comparator.comparing(Eligible::traits, ProviderTraits.ORDER_OF_CHOICE))
                .toList();
        this.wishes = wishes;
        this.sticky = sticky;
    }

    /**
     * Chooses.
     *
     * @param ready in any order
     * @param wishes those that count for the plugin, strongest first
     * @param graceOver whether a bound provider of a free kind was waited for long enough
     */
    static Decision choose(List<Eligible> ready, List<Wish> wishes, Ownership ownership, boolean graceOver) {
        Chooser chooser = new Chooser(ready, wishes, !(ownership instanceof Ownership.Free));
        if (ownership instanceof Ownership.Unread) {
            return chooser.none("the record of owners is not available: nothing serves before the owner is known");
        }
        if (ownership instanceof Ownership.Owned owned) {
            return chooser.byOwner(owned);
        }
        return chooser.byWish(graceOver);
    }

    private Decision byOwner(Ownership.Owned owned) {
        String owner = "the store " + owned.owner().store().id() + " of provider '"
                + owned.owner().providerName() + "'";
        steps.add("the data of this plugin is in " + owner);
        List<Eligible> holders = ready.stream()
                .filter(provider -> provider.store()
                        .map(store -> owned.isHeldBy(provider.traits().name(), store))
                        .orElse(false))
                .toList();
        Optional<Wish> wish = wishes.stream().filter(this::followed).findFirst();
        Optional<Eligible> wished = wish.flatMap(wanted -> first(holders, wanted));
        if (wished.isPresent()) {
            return found(
                    wished.get(),
                    Decision.Outcome.SETTLED,
                    wish,
                    wish.get().line() + " names " + wish.get().target() + ", which works on that store");
        }
        Decision.Outcome outcome = Decision.Outcome.SETTLED;
        if (wish.isPresent() && first(ready, wish.get()).isEmpty()) {
            steps.add(wish.get().line() + " names " + wish.get().target() + ", which is not ready");
        } else if (wish.isPresent()) {
            steps.add(wish.get().line() + " names " + wish.get().target() + ", " + PENDING);
            outcome = Decision.Outcome.PENDING_MOVE;
        }
        if (holders.isEmpty()) {
            steps.add("no provider on that store is ready: it is waited for, and no other may answer");
            return new Decision(OptionalLong.empty(), outcome, target(wish), steps);
        }
        Eligible holder = holders.stream()
                .filter(provider -> !provider.traits().explicit())
                .findFirst()
                .orElse(holders.get(0));
        String suffix = outcome == Decision.Outcome.PENDING_MOVE ? "; " + PENDING : "";
        return found(holder, outcome, wish, named(holder) + " serves, for it works on that store" + suffix);
    }

    private Decision byWish(boolean graceOver) {
        if (sticky) {
            steps.add("nothing was written for this plugin yet: its data has no owner");
        }
        Optional<Wish> missing = Optional.empty();
        for (Wish wish : wishes) {
            if (!followed(wish)) {
                continue;
            }
            Optional<Eligible> match = first(ready, wish);
            if (match.isPresent()) {
                Decision.Outcome outcome = missing.isEmpty() ? Decision.Outcome.SETTLED : Decision.Outcome.FELL_BACK;
                return found(
                        match.get(),
                        outcome,
                        missing.isEmpty() ? Optional.of(wish) : missing,
                        wish.line() + " names " + wish.target());
            }
            if (sticky) {
                steps.add(wish.line() + " names " + wish.target() + ", which is not ready: it is waited for");
                return new Decision(OptionalLong.empty(), Decision.Outcome.SETTLED, wish.provider(), steps);
            }
            if (!graceOver) {
                steps.add(wish.line() + " names " + wish.target()
                        + ", which is not ready: it is waited for, then the next one serves");
                return new Decision(OptionalLong.empty(), Decision.Outcome.WAITS_FOR_BOUND, wish.provider(), steps);
            }
            steps.add(wish.line() + " names " + wish.target() + ", which stayed away longer than the grace time");
            missing = missing.or(() -> Optional.of(wish));
        }
        return byRanking(missing);
    }

    private Decision byRanking(Optional<Wish> missing) {
        if (missing.isEmpty()) {
            steps.add("no binding counts");
        }
        Optional<Eligible> best =
                ready.stream().filter(provider -> !provider.traits().explicit()).findFirst();
        if (best.isEmpty()) {
            steps.add(
                    ready.isEmpty()
                            ? "no provider is ready"
                            : "no provider is ready but those that only a binding chooses");
            return new Decision(OptionalLong.empty(), Decision.Outcome.SETTLED, target(missing), steps);
        }
        Decision.Outcome outcome = missing.isEmpty() ? Decision.Outcome.SETTLED : Decision.Outcome.FELL_BACK;
        return found(
                best.get(),
                outcome,
                missing,
                named(best.get()) + " serves, for its ranking "
                        + best.get().traits().ranking() + " is the highest (then name, then age)");
    }

    private boolean followed(Wish wish) {
        wish.problem().ifPresent(problem -> steps.add(wish.line() + " is not followed: " + problem));
        return wish.problem().isEmpty();
    }

    private Decision found(Eligible chosen, Decision.Outcome outcome, Optional<Wish> wish, String step) {
        steps.add(step);
        return new Decision(OptionalLong.of(chosen.traits().serviceId()), outcome, target(wish), steps);
    }

    private Decision none(String step) {
        steps.add(step);
        return new Decision(OptionalLong.empty(), Decision.Outcome.SETTLED, "", steps);
    }

    private static Optional<Eligible> first(List<Eligible> among, Wish wish) {
        return among.stream()
                .filter(provider -> wish.matches(provider.traits()))
                .findFirst();
    }

    private static String target(Optional<Wish> wish) {
        return wish.map(wanted -> wanted.provider().isEmpty() ? wanted.target() : wanted.provider())
                .orElse("");
    }

    private static String named(Eligible provider) {
        return "'" + provider.traits().name() + "'";
    }
}
