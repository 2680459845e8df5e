// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All bindings. Thread-safe. */
final class Wishes {
    private final Map<String, Wish> configured = new TreeMap<>();
    private final Map<String, Wish> forNow = new TreeMap<>();

    /**
     * Adds or replaces a binding of the configuration.
     *
     * @param pid the PID it comes from; of two for the same plugin and kind, the lower one counts first
     * @return the one that was there
     */
    synchronized Optional<Wish> configure(String pid, Wish wish) {
        return Optional.ofNullable(configured.put(pid, wish));
    }

    synchronized Optional<Wish> unconfigure(String pid) {
        return Optional.ofNullable(configured.remove(pid));
    }

    /** Adds a binding until the framework stops; replaces the one of the same kind and plugin. */
    synchronized void bindForNow(Wish wish) {
        forNow.put(wish.kind() + "/" + wish.plugin(), wish);
    }

    /**
     * The bindings that count for a plugin: its own first, then the defaults; of each, the one made for now first.
     *
     * @param plugin the plugin, empty for the defaults alone
     */
    synchronized List<Wish> of(String kind, String plugin) {
        List<Wish> found = new ArrayList<>();
        if (!plugin.isEmpty()) {
            collect(found, kind, plugin);
        }
        collect(found, kind, "");
        return List.copyOf(found);
    }

    private void collect(List<Wish> found, String kind, String plugin) {
        Wish now = forNow.get(kind + "/" + plugin);
        if (now != null) {
            found.add(now);
        }
        configured.values().stream()
                .filter(wish -> wish.kind().equals(kind) && wish.plugin().equals(plugin))
                .forEach(found::add);
    }
}
