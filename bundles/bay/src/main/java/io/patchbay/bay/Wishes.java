// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All bindings. Thread-safe. */
final class Wishes {
    /** The factory PID of bindings in the configuration. */
    static final String FACTORY_PID = "io.patchbay.binding";

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

    /** Removes exactly this binding; one that is equal, but came later, stays. */
    @SuppressWarnings("ReferenceEquality")
    synchronized Optional<Wish> unconfigure(String pid, Wish seen) {
        return configured.get(pid) == seen ? unconfigure(pid) : Optional.empty();
    }

    /** The binding of the configuration that comes from a PID. */
    synchronized Optional<Wish> configured(String pid) {
        return Optional.ofNullable(configured.get(pid));
    }

    /** Adds a binding until the framework stops; replaces the one of the same kind and plugin. */
    synchronized void bindForNow(Wish wish) {
        forNow.put(wish.kind() + "/" + wish.plugin(), wish);
    }

    /** Removes a binding until the framework stops. */
    synchronized void unbindForNow(String kind, String plugin) {
        forNow.remove(kind + "/" + plugin);
    }

    /** Whether exactly this kind and plugin have a binding, whatever the defaults. */
    synchronized boolean bound(String kind, String plugin) {
        return forNow.containsKey(kind + "/" + plugin)
                || !lastingOf(kind, plugin).isEmpty();
    }

    /**
     * The PIDs under which this kind and plugin are bound.
     *
     * @return in the order in which they count, empty when there is none
     */
    synchronized List<String> lastingOf(String kind, String plugin) {
        return configured.entrySet().stream()
                .filter(entry -> entry.getValue().kind().equals(kind)
                        && entry.getValue().plugin().equals(plugin))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The PID for a binding that is not in the configuration yet. */
    static String pid(String kind, String plugin) {
        return FACTORY_PID + "~" + kind + (plugin.isEmpty() ? "" : "~" + plugin);
    }

    /**
     * The bindings that would count for a plugin if one line were another.
     *
     * @param changed the line as it would be
     * @param there whether it would be there at all
     */
    synchronized List<Wish> ofWith(String kind, String plugin, Wish changed, boolean there) {
        List<Wish> found = new ArrayList<>();
        for (Wish wish : of(kind, plugin)) {
            if (!wish.plugin().equals(changed.plugin())) {
                found.add(wish);
            }
        }
        if (there && changed.plugin().equals(plugin)) {
            found.add(0, changed);
        } else if (there && changed.plugin().isEmpty()) {
            found.add(changed);
        }
        return List.copyOf(found);
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
