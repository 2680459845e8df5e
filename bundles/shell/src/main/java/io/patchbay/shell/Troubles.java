// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.ArrivalView;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.ProviderView;
import io.patchbay.admin.ProviderView.State;
import io.patchbay.provider.ProviderHealth;
import java.util.Locale;
import java.util.Optional;

/** What of providers, bindings and ways in needs an operator, one line each. */
final class Troubles {
    private Troubles() {}

    /** A provider that somebody configured or that calls use, and that is not as it should be. */
    static Optional<String> of(ProviderView provider) {
        boolean ready = provider.state() == State.READY;
        boolean well = ready && provider.health().status() == ProviderHealth.Status.UP;
        // What nobody configured, nobody misses.
        if (well || provider.state() == State.UNCONFIGURED) {
            return Optional.empty();
        }
        String word = ready
                ? provider.health().status().name().toLowerCase(Locale.ROOT)
                : provider.state().name().toLowerCase(Locale.ROOT);
        String detail = detail(provider);
        return Optional.of(
                provider.kind() + " '" + provider.name() + "' is " + word + (detail.isEmpty() ? "" : ": " + detail));
    }

    /** A file of the watched directory, or a bundle, whose plugin could not be taken. */
    static Optional<String> of(ArrivalView arrival) {
        if (arrival.trouble().isEmpty()) {
            return Optional.empty();
        }
        String from = arrival.wayIn().equals(ChangeContext.DIRECTORY) ? "watched directory" : "bundle";
        String source = arrival.source().isEmpty() ? "" : " '" + arrival.source() + "'";
        return Optional.of(from + source + ": " + arrival.trouble());
    }

    /** The one line that a provider or its patch bay has to say. */
    static String detail(ProviderView provider) {
        boolean absent = provider.state() == State.UNCONFIGURED || provider.state() == State.WAITING;
        return provider.detail().isEmpty() && !absent ? provider.health().detail() : provider.detail();
    }

    /** A binding that would need a move. */
    static String pending(BindingView binding) {
        String wish = binding.wish().startsWith("(") ? "--filter '" + binding.wish() + "'" : binding.wish();
        return binding.kind() + " of plugin '" + binding.pluginId() + "' is pending: '" + binding.provider()
                + "' keeps serving until: patchbay bind " + binding.kind() + " " + wish + " --plugin "
                + binding.pluginId() + " --copy (or --discard)";
    }
}
