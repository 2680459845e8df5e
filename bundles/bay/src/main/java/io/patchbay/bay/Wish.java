// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/**
 * A binding: which provider an operator wants.
 *
 * @param kind the kind
 * @param plugin the plugin, empty for all plugins without a binding of their own
 * @param provider the provider's name, empty when only the filter decides
 * @param filter what its service properties must match
 * @param lasting whether it is kept in the configuration
 * @param problem why it cannot be followed; empty when it can
 */
record Wish(
        String kind,
        String plugin,
        String provider,
        Optional<Filter> filter,
        boolean lasting,
        Optional<String> problem) {
    Wish {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(plugin, "plugin");
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(filter, "filter");
        Objects.requireNonNull(problem, "problem");
    }

    /** A binding from the configuration; one that makes no sense is kept with its problem, to be shown. */
    static Wish configured(String kind, String plugin, String provider, String filter) {
        if (kind.isBlank()) {
            return new Wish(kind, plugin, provider, Optional.empty(), true, Optional.of("it names no kind"));
        }
        if (filter.isBlank()) {
            Optional<String> problem =
                    provider.isBlank() ? Optional.of("it names neither a provider nor a filter") : Optional.empty();
            return new Wish(kind, plugin, provider, Optional.empty(), true, problem);
        }
        try {
            Filter parsed = FrameworkUtil.createFilter(filter);
            return new Wish(kind, plugin, provider, Optional.of(parsed), true, Optional.empty());
        } catch (InvalidSyntaxException e) {
            String problem = "its filter does not parse: " + e.getMessage();
            return new Wish(kind, plugin, provider, Optional.empty(), true, Optional.of(problem));
        }
    }

    /** A binding until the framework stops. */
    static Wish transientFor(String kind, String plugin, String provider) {
        return new Wish(kind, plugin, provider, Optional.empty(), false, Optional.empty());
    }

    boolean matches(ProviderTraits traits) {
        return problem.isEmpty()
                && (provider.isEmpty() || provider.equals(traits.name()))
                && filter.map(wanted -> wanted.matches(traits.properties())).orElse(true);
    }

    /** What it wants, for people. */
    String target() {
        String named = provider.isEmpty() ? "" : "'" + provider + "'";
        return filter.map(wanted -> named.isEmpty() ? wanted.toString() : named + " with " + wanted)
                .orElse(named.isEmpty() ? "nothing" : named);
    }

    /** Which line it is, for people. */
    String line() {
        String scope = plugin.isEmpty() ? "default binding" : "binding of plugin '" + plugin + "'";
        return lasting ? scope : scope + " (until the framework stops)";
    }
}
