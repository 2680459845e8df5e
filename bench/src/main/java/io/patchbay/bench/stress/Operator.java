// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.stress;

import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.itests.harness.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an operator can do to the node, and what she sees of it. For one thread. */
final class Operator {
    private static final Duration SETTLES = Duration.ofSeconds(40);
    private static final String READY = "READY";

    private final EmbeddedNode node;
    private final Wanted wanted;
    private final List<String> providers;
    private final Verdicts verdicts;
    private long notFollowed;
    private long foreignWrites;

    /** @param providers those that must be ready when nothing is on its way, as {@code kind=name} */
    Operator(EmbeddedNode node, Wanted wanted, List<String> providers, Verdicts verdicts) {
        this.node = node;
        this.wanted = wanted;
        this.providers = List.copyOf(providers);
        this.verdicts = verdicts;
    }

    Wanted wanted() {
        return wanted;
    }

    EmbeddedNode node() {
        return node;
    }

    /** Waits until every provider is ready and the right one serves each plugin. */
    void settle() {
        try {
            Eventually.holds(SETTLES, this::isSettled);
        } catch (AssertionError e) {
            throw new AssertionError("not settled: " + unsettled(), e);
        }
    }

    private boolean isSettled() {
        return unsettled().isEmpty();
    }

    private String unsettled() {
        Map<String, Object> states = node.ask("providers", Map.of());
        for (String provider : providers) {
            if (!String.valueOf(states.get(provider)).startsWith(READY)) {
                return provider + " is " + states.get(provider);
            }
        }
        for (String plugin : wanted.plugins()) {
            Map<String, Object> serving = node.ask("bindings", Map.of("plugin", plugin));
            for (String kind : List.of(Wanted.STATE, Wanted.LOG, Wanted.GREETING)) {
                String provider = String.valueOf(serving.get(kind));
                if (!wanted.allows(kind, plugin, provider)) {
                    return provider + " serves " + kind + " of " + plugin;
                }
            }
        }
        return "";
    }

    String serving(String kind, String plugin) {
        return String.valueOf(node.must("bindings", Map.of("plugin", plugin)).get(kind));
    }

    /** Binds durably; what is bound must serve when this returns. */
    void bind(String kind, String plugin, String provider) {
        node.must("bindLasting", Map.of("kind", kind, "plugin", plugin, "provider", provider));
        wanted.bind(kind, plugin, provider);
        checkFollowed(kind);
    }

    void unbind(String kind, String plugin) {
        if (wanted.isBound(kind, plugin)) {
            node.must("unbind", Map.of("kind", kind, "plugin", plugin));
            wanted.unbind(kind, plugin);
            checkFollowed(kind);
        }
    }

    /**
     * Binds durably and moves the state of every plugin that this concerns; then makes unreadable what stayed behind.
     *
     * @param plugin empty for the default
     */
    void copy(String plugin, Store target, String provider) {
        List<String> moving = wanted.plugins().stream()
                .filter(each -> plugin.isEmpty() ? !wanted.isBound(Wanted.STATE, each) : plugin.equals(each))
                .filter(each -> wanted.placement(each) != target)
                .toList();
        moving.forEach(each -> checkUntouched(each, target));
        node.must(
                "bindLasting",
                Map.of(
                        "kind",
                        Wanted.STATE,
                        "plugin",
                        plugin,
                        "provider",
                        provider,
                        "mode",
                        "COPY",
                        "overwrite",
                        true));
        wanted.bind(Wanted.STATE, plugin, provider);
        for (String each : moving) {
            Store source = wanted.placement(each);
            wanted.moved(each, target);
            spoil(each, source);
        }
        checkFollowed(Wanted.STATE);
    }

    private void checkFollowed(String kind) {
        for (String plugin : wanted.plugins()) {
            String provider = serving(kind, plugin);
            if (!wanted.allows(kind, plugin, provider)) {
                notFollowed++;
                verdicts.show("a binding was not followed: " + provider + " serves " + kind + " of " + plugin);
            }
        }
    }

    /** Overwrites a copy that is nobody's any more: from now on whoever reads it gives himself away. */
    private void spoil(String plugin, Store left) {
        Map<String, Object> spoiled = new TreeMap<>();
        content(plugin, left).keySet().forEach(key -> spoiled.put(key, String.valueOf(Expected.FOREIGN)));
        node.must("seed", Map.of("plugin", plugin, "provider", left.providers().get(0), "entries", spoiled));
    }

    /** What was spoiled must be as it was left: nobody wrote to a store that does not own the data. */
    private void checkUntouched(String plugin, Store store) {
        content(plugin, store).forEach((key, value) -> {
            if (!String.valueOf(Expected.FOREIGN).equals(value)) {
                foreignWrites++;
                verdicts.show(store + " does not own " + key + " of " + plugin + ", and it was written: " + value);
            }
        });
    }

    /** At the end: looks at every store that a plugin's data has left. */
    void checkAllUntouched() {
        for (String plugin : wanted.plugins()) {
            for (Store store : Store.values()) {
                if (store != wanted.placement(plugin)) {
                    checkUntouched(plugin, store);
                }
            }
        }
    }

    private Map<String, Object> content(String plugin, Store store) {
        return node.must(
                "state", Map.of("plugin", plugin, "provider", store.providers().get(0)));
    }

    /** How often a binding had returned and another provider served. */
    long notFollowed() {
        return notFollowed;
    }

    /** Writes to stores that did not own the data. */
    long foreignWrites() {
        return foreignWrites;
    }
}
