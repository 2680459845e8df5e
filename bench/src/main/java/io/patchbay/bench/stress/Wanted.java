// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What an operator has bound and moved so far, and who must therefore serve whom when nothing is on its way. */
final class Wanted {
    static final String STATE = "state";
    static final String LOG = "log";
    static final String GREETING = "greeting";

    private static final String DEFAULT = "";

    private final List<String> plugins;
    private final List<String> movable;
    private final Map<String, Store> placement = new ConcurrentHashMap<>();
    private final Map<String, String> bound = new TreeMap<>();

    /**
     * Every movable plugin's state begins in the store of the shipped default, the others' in that of the witnesses.
     *
     * @param movable plugins whose state may be moved and left without a binding
     * @param fixed plugins whose state stays where it is
     */
    Wanted(List<String> movable, List<String> fixed) {
        this.movable = List.copyOf(movable);
        plugins = Stream.concat(movable.stream(), fixed.stream()).toList();
        movable.forEach(plugin -> placement.put(plugin, Store.SQLITE));
        fixed.forEach(plugin -> placement.put(plugin, Store.WITNESS));
    }

    List<String> plugins() {
        return plugins;
    }

    List<String> movable() {
        return movable;
    }

    /** Where a plugin's state is. Thread-safe. */
    Store placement(String plugin) {
        return placement.getOrDefault(plugin, Store.SQLITE);
    }

    void moved(String plugin, Store store) {
        placement.put(plugin, store);
    }

    /** @param plugin empty for the default */
    void bind(String kind, String plugin, String provider) {
        bound.put(kind + "/" + plugin, provider);
    }

    void unbind(String kind, String plugin) {
        bound.remove(kind + "/" + plugin);
    }

    boolean isBound(String kind, String plugin) {
        return bound.containsKey(kind + "/" + plugin);
    }

    /** The default provider of a kind, empty when there is none. */
    String byDefault(String kind) {
        return bound.getOrDefault(kind + "/" + DEFAULT, "");
    }

    /** Whether a provider is one of those that may serve a plugin now. */
    boolean allows(String kind, String plugin, String provider) {
        String wish = bound.getOrDefault(kind + "/" + plugin, byDefault(kind));
        if (kind.equals(STATE)) {
            Store store = placement(plugin);
            return store.has(wish) ? provider.equals(wish) : store.has(provider);
        }
        if (!wish.isEmpty()) {
            return provider.equals(wish);
        }
        return provider.equals(kind.equals(LOG) ? "console" : "greeter-a");
    }
}
