// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.StateAdmin;
import io.patchbay.admin.StatePage;
import io.patchbay.admin.StateQuery;
import io.patchbay.admin.StateScopeView;
import io.patchbay.hostservice.PluginSlot;
import io.patchbay.hostservice.ProviderCall;
import io.patchbay.hostservice.ProviderFailedException;
import io.patchbay.hostservice.ProviderUnavailableException;
import io.patchbay.hostservice.Slot;
import io.patchbay.hostservice.codec.RawText;
import io.patchbay.provider.Access;
import io.patchbay.provider.ProviderException;
import io.patchbay.provider.state.StateEntry;
import io.patchbay.provider.state.StateProvider;
import io.patchbay.provider.state.StateQuota;
import io.patchbay.provider.state.StateScope;
import io.patchbay.provider.state.StateUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Looks at what plugins keep through the slot that they use themselves: so it is the owner's store that answers, and a
 * provider is not let go under a look. Thread-safe.
 */
final class StateInspector implements StateAdmin {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Entries may have a mebibyte each. */
    private static final int AT_ONCE = 16;

    private static final long PAGE_BYTES = 8 << 20;

    private final Slot<StateProvider> slot;
    private final LimitTable limits;
    private final Supplier<Set<String>> owning;
    private final Supplier<Set<String>> installed;

    /**
     * Makes one.
     *
     * @param owning the plugins whose state has an owner; throws {@link ProviderException} when that cannot be read
     * @param installed the plugins that are installed on this node
     */
    StateInspector(
            Slot<StateProvider> slot,
            LimitTable limits,
            Supplier<Set<String>> owning,
            Supplier<Set<String>> installed) {
        this.slot = slot;
        this.limits = limits;
        this.owning = owning;
        this.installed = installed;
    }

    @Override
    public List<StateScopeView> usage(Optional<String> pluginId) throws AdminException {
        if (pluginId.isPresent()) {
            return usage(known(pluginId.get()), soon());
        }
        List<StateScopeView> views = new ArrayList<>();
        // For all together: a server that is away is not waited for once for every plugin.
        long until = soon();
        for (String plugin : owning()) {
            try {
                views.addAll(usage(plugin, until));
            } catch (AdminException e) {
                views.add(view(plugin, OptionalInt.empty(), StateUsage.EMPTY, String.valueOf(e.getMessage())));
            }
        }
        return List.copyOf(views);
    }

    private List<StateScopeView> usage(String plugin, long until) throws AdminException {
        List<StateScopeView> views = new ArrayList<>();
        for (StateScope scope : this.<List<StateScope>>read(plugin, until, store -> store.scopes(plugin))) {
            StateUsage usage = read(plugin, until, store -> store.usage(scope));
            views.add(view(plugin, OptionalInt.of(scope.tenantId()), usage, ""));
        }
        return List.copyOf(views);
    }

    private StateScopeView view(String plugin, OptionalInt tenant, StateUsage usage, String detail) {
        StateQuota quota = limits.of(plugin).get().quota();
        return new StateScopeView(
                plugin, tenant, usage.keys(), usage.bytes(), quota.maxKeys(), quota.maxBytes(), detail);
    }

    @Override
    public StatePage list(StateQuery query) throws AdminException {
        StateScope scope = new StateScope(known(query.pluginId()), query.tenantId());
        List<StateEntry> found = new ArrayList<>();
        Optional<String> after = query.after();
        String prefix = query.prefix();
        if (!prefix.isEmpty()
                && after.map(key -> RawText.BYTE_ORDER.compare(key, prefix) < 0).orElse(true)) {
            // The keys that begin with it follow one another, and only it itself is not behind it.
            get(scope, prefix).ifPresent(value -> found.add(new StateEntry(prefix, value)));
            after = Optional.of(prefix);
        }
        long bytes = 0;
        while (true) {
            Optional<String> from = after;
            List<StateEntry> page = read(query.pluginId(), soon(), store -> store.entries(scope, from, AT_ONCE));
            for (StateEntry entry : page) {
                if (!entry.key().startsWith(prefix)) {
                    return new StatePage(found, false);
                }
                bytes += RawText.length(entry.key()) + RawText.length(entry.value());
                if (found.size() == query.limit() || (bytes > PAGE_BYTES && !found.isEmpty())) {
                    return new StatePage(found, true);
                }
                found.add(entry);
                after = Optional.of(entry.key());
            }
            if (page.size() < AT_ONCE) {
                return new StatePage(found, false);
            }
        }
    }

    @Override
    public Optional<String> get(String pluginId, int tenantId, String key) throws AdminException {
        return get(new StateScope(known(pluginId), tenantId), key);
    }

    private Optional<String> get(StateScope scope, String key) throws AdminException {
        // No plugin can have written such a key, and not every store can be asked for it.
        return key.isEmpty() || !RawText.isValidUtf8(key)
                ? Optional.empty()
                : read(scope.pluginId(), soon(), store -> store.get(scope, key));
    }

    private String known(String pluginId) throws AdminException {
        Set<String> known = owning();
        known.addAll(installed.get());
        if (!known.contains(pluginId)) {
            throw new AdminException(
                    Problem.INPUT,
                    "there is no plugin '" + VisibleText.of(pluginId, 64).text() + "' on this node; "
                            + (known.isEmpty() ? "none is installed" : "there are: " + String.join(", ", known)));
        }
        return pluginId;
    }

    private Set<String> owning() throws AdminException {
        try {
            return new TreeSet<>(owning.get());
        } catch (ProviderException e) {
            throw new AdminException(Problem.UNAVAILABLE, "the record of owners cannot be read: " + e.getMessage(), e);
        }
    }

    private static long soon() {
        return System.nanoTime() + PATIENCE.toNanos();
    }

    private <R> R read(String pluginId, long until, ProviderCall<StateProvider, R, RuntimeException> call)
            throws AdminException {
        PluginSlot<StateProvider> state = slot.forPlugin(pluginId);
        try {
            return state.call(Access.READ, until, call);
        } catch (ProviderUnavailableException e) {
            throw new AdminException(Problem.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        } catch (ProviderFailedException e) {
            throw new AdminException(
                    Problem.UNAVAILABLE,
                    "provider '" + e.provider() + "' of kind " + e.kind() + " does not answer: " + e.getMessage()
                            + "; the host's log says more under incident " + e.incident(),
                    e);
        }
    }
}
