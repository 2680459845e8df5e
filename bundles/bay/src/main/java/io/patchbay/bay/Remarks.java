// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ProviderView;
import io.patchbay.provider.ProviderHealth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What an operator should know of a configuration: the provider that it makes cannot be used, the binding that it is is not
 * followed.
 */
final class Remarks {
    /** The component runtime tells nobody when it has taken a configuration: it is asked this often. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private static final int SHOWN = 10;

    private final Bay bay;
    private final Supplier<Optional<BindingStore>> store;
    private final PluginIds plugins;

    Remarks(Bay bay, Supplier<Optional<BindingStore>> store, PluginIds plugins) {
        this.bay = bay;
        this.store = store;
        this.plugins = plugins;
    }

    List<String> of(String pid) {
        return pid.startsWith(Wishes.FACTORY_PID + "~") ? ofBinding(pid) : ofProviders(pid);
    }

    private void await(BooleanSupplier taken) {
        BaySettings settings = bay.settings();
        // A provider that is made anew leaves first, which may take the drain time.
        long until = System.nanoTime() + settings.grace().plus(settings.drain()).toNanos();
        Gate never = new Gate();
        while (!taken.getAsBoolean() && System.nanoTime() - until < 0) {
            never.await(never.changes(), LOOK_AGAIN.toNanos());
        }
    }

    private Optional<Map<String, Object>> configured(String pid) {
        try {
            Optional<BindingStore> keeper = store.get();
            return keeper.isEmpty() ? Optional.empty() : keeper.get().values(pid);
        } catch (IOException e) {
            bay.parts().log().warning("the configuration " + pid + " cannot be read", e);
            return Optional.empty();
        }
    }

    // Providers.

    private List<String> ofProviders(String pid) {
        Optional<Map<String, Object>> wanted = configured(pid);
        if (wanted.isEmpty() || !bay.parts().declared().get().reads(pid)) {
            return List.of();
        }
        await(() -> taken(pid, wanted.get()));
        List<String> remarks = new ArrayList<>();
        for (ProviderSlot<?> slot : bay.slots()) {
            slot.awaitArrivals();
            slot.shelf().views().stream()
                    .filter(provider -> provider.pid().equals(pid))
                    .flatMap(provider -> ofProvider(provider).stream())
                    .forEach(remarks::add);
        }
        return List.copyOf(remarks);
    }

    private boolean taken(String pid, Map<String, Object> wanted) {
        Set<String> spis = bay.slots().stream().map(ProviderSlot::spi).collect(Collectors.toSet());
        return bay.parts().declared().get().madeOf(pid).stream()
                .filter(made -> agree(wanted, made.properties(), true))
                .anyMatch(made -> made.interfaces().stream().noneMatch(spis::contains)
                        || made.lacking()
                        || bay.slots().stream().anyMatch(slot -> has(slot, pid, wanted)));
    }

    private static boolean has(ProviderSlot<?> slot, String pid, Map<String, Object> wanted) {
        return slot.snapshot().stream()
                .anyMatch(candidate -> candidate.traits().pid().equals(pid)
                        && agree(wanted, candidate.traits().properties(), false));
    }

    /** Private settings, which begin with a dot, are no properties of a service (Declarative Services 112.6). */
    private static boolean agree(Map<String, Object> wanted, Map<String, Object> properties, boolean privateToo) {
        return wanted.entrySet().stream()
                .filter(setting -> privateToo || !setting.getKey().startsWith("."))
                .allMatch(setting -> Objects.deepEquals(setting.getValue(), properties.get(setting.getKey())));
    }

    private static Optional<String> ofProvider(ProviderView provider) {
        String whose = "provider '" + provider.name() + "' of kind " + provider.kind();
        if (provider.state() != ProviderView.State.READY) {
            return Optional.of(whose + " cannot be used, it is " + Targets.state(provider));
        }
        if (provider.health().status() != ProviderHealth.Status.UP) {
            return Optional.of(whose + ": " + provider.health().detail());
        }
        return provider.detail().isEmpty() ? Optional.empty() : Optional.of(whose + ": " + provider.detail());
    }

    // Bindings.

    private List<String> ofBinding(String pid) {
        Optional<Map<String, Object>> values = configured(pid);
        if (values.isEmpty()) {
            return List.of();
        }
        Wish wish = Wish.configured(
                text(values.get(), "kind"),
                text(values.get(), "plugin"),
                text(values.get(), "provider"),
                text(values.get(), "filter"));
        await(() -> bay.parts().wishes().configured(pid).filter(wish::equals).isPresent());
        if (wish.problem().isPresent()) {
            return List.of("this binding is not followed: " + wish.problem().get());
        }
        try {
            ProviderSlot<?> slot = bay.requireSlot(wish.kind());
            slot.awaitArrivals();
            List<String> pending = pending(slot, wish);
            if (!pending.isEmpty()) {
                return pending;
            }
            Targets.bindable(slot, wish);
            return wish.plugin().isEmpty() || plugins.of(slot).contains(wish.plugin())
                    ? List.of()
                    : List.of("nobody uses this binding: " + plugins.unknown(slot, wish.plugin()));
        } catch (AdminException e) {
            return List.of("this binding is not followed: " + e.getMessage());
        }
    }

    private static String text(Map<String, Object> values, String key) {
        return Objects.toString(values.get(key), "");
    }

    private List<String> pending(ProviderSlot<?> slot, Wish wish) {
        return plugins.of(slot).stream()
                .filter(plugin -> wish.plugin().isEmpty() || wish.plugin().equals(plugin))
                .map(plugin -> new Pending(plugin, slot.look(plugin)))
                .filter(Pending::isPending)
                .limit(SHOWN)
                .map(Pending::line)
                .toList();
    }

    private record Pending(String plugin, ProviderSlot.Look look) {
        boolean isPending() {
            return look.decision().outcome() == Decision.Outcome.PENDING_MOVE;
        }

        String line() {
            return "plugin '" + plugin + "': " + look.decision().reason();
        }
    }
}
