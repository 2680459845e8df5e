// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.provider.ProviderHealth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks, before a plugin runs, whether a provider that it needs cannot serve: a damaged store, or a server that is away, is
 * told to the person who runs the plugin, not only to the plugin.
 *
 * <p>A method named {@code kind.verb} needs the kind; other methods are not looked at, and answer for themselves.
 */
final class NeededProviders {
    private final ProviderAdmin providers;

    NeededProviders(ProviderAdmin providers) {
        this.providers = providers;
    }

    /**
     * Refuses when nothing serves a needed kind and a provider of it says why it does not.
     *
     * @throws AdminException {@code UNAVAILABLE}, with what the providers said
     */
    void refuseFailed(PluginView plugin) throws AdminException {
        Set<String> needed = plugin.requested().stream()
                .filter(RequestedMethod::effective)
                .map(method -> method.method().replaceFirst("[.].*", ""))
                .collect(Collectors.toSet());
        for (String kind : providers.kinds()) {
            if (needed.contains(kind)) {
                refuseFailed(plugin.descriptor().id(), kind);
            }
        }
    }

    private void refuseFailed(String pluginId, String kind) throws AdminException {
        if (isServed(pluginId, kind)) {
            return;
        }
        // Waits for providers that are just starting, so that what follows is their last word.
        String verdict = providers.why(pluginId, kind).verdict();
        if (isServed(pluginId, kind)) {
            return;
        }
        List<String> reasons = providers.providers().stream()
                .filter(provider -> provider.kind().equals(kind))
                .flatMap(provider -> Trouble.of(provider).stream())
                .toList();
        if (!reasons.isEmpty()) {
            throw new AdminException(Problem.UNAVAILABLE, verdict + "; nothing was run.", reasons);
        }
    }

    /** One line for each provider that serves the plugin and is not well: entries that it could not write, for one. */
    List<String> troubles(String pluginId) throws AdminException {
        Map<String, String> serving = providers.bindings(pluginId).stream()
                .collect(Collectors.toMap(BindingView::kind, BindingView::provider));
        return providers.providers().stream()
                .filter(provider -> provider.name().equals(serving.get(provider.kind())))
                .filter(provider -> provider.health().status() != ProviderHealth.Status.UP)
                .map(provider -> "warning: provider '" + provider.name() + "' of kind " + provider.kind() + ": "
                        + provider.health().detail())
                .toList();
    }

    private boolean isServed(String pluginId, String kind) throws AdminException {
        return providers.bindings(pluginId).stream()
                .anyMatch(binding ->
                        binding.kind().equals(kind) && !binding.provider().isEmpty());
    }
}
