// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ProviderView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the provider that a binding means, or says why it cannot be bound. */
final class Targets {
    private static final int QUOTED = 64;

    private Targets() {}

    /** The ready provider of this name. */
    static ProviderView bindable(ProviderSlot<?> slot, String provider) throws AdminException {
        return bindable(slot, Wish.transientFor(slot.kind(), "", provider));
    }

    /** The first ready provider that a binding matches. */
    static ProviderView bindable(ProviderSlot<?> slot, Wish wish) throws AdminException {
        Optional<ProviderView> found = slot.shelf().firstReady(wish);
        if (found.isPresent()) {
            return found.get();
        }
        List<ProviderView> all = slot.shelf().views();
        boolean known = wish.provider().isEmpty()
                ? wish.filter().isPresent()
                : all.stream().anyMatch(view -> view.name().equals(wish.provider()));
        if (!known) {
            throw new AdminException(
                    Problem.INPUT,
                    "kind " + slot.kind() + " has no provider " + quoted(wish.provider()) + "; there are: "
                            + names(all));
        }
        List<ProviderView> matching = slot.shelf().matching(wish);
        if (matching.isEmpty()) {
            throw new AdminException(
                    Problem.INPUT,
                    "no provider of kind " + slot.kind() + " matches " + wish.target() + "; there are: " + names(all));
        }
        // One may have become ready meanwhile.
        Optional<ProviderView> ready = matching.stream()
                .filter(view -> view.state() == ProviderView.State.READY)
                .findFirst();
        if (ready.isEmpty()) {
            ProviderView first = matching.get(0);
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "provider '" + first.name() + "' of kind " + slot.kind() + " is not ready, it is " + state(first)
                            + "; nothing was changed");
        }
        return ready.get();
    }

    /** What state a provider is in and why, for the middle of a line. */
    static String state(ProviderView provider) {
        String why = reason(provider);
        return provider.state().name().toLowerCase(Locale.ROOT) + (why.isEmpty() ? "" : ": " + why);
    }

    /** What a provider or its patch bay has to say; empty when nothing. */
    static String reason(ProviderView provider) {
        return provider.detail().isEmpty() ? provider.health().detail() : provider.detail();
    }

    private static String names(List<ProviderView> providers) {
        List<String> names =
                providers.stream().map(ProviderView::name).distinct().toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    static AdminException ownerUnknown(String kind, String pluginId) {
        return new AdminException(
                Problem.UNAVAILABLE,
                "the record of owners is not available, so it is not known which store holds the " + kind
                        + " of plugin '" + pluginId + "'");
    }

    static AdminException needsMove(String kind, String pluginId, Ownership.Owned owned, String target) {
        return new AdminException(
                Problem.REFUSED,
                "the " + kind + " of plugin '" + pluginId + "' is in the store of provider '"
                        + owned.owner().providerName() + "' ("
                        + owned.owner().store().id() + "), and '" + target
                        + "' works on another one; the data would have to be copied or discarded: --copy or"
                        + " --discard");
    }

    static String quoted(String text) {
        return "'" + (text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text) + "'";
    }
}
