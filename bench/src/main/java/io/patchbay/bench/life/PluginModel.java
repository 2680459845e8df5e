// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one plugin should be by what was done to it, told apart from the code under test by being written anew from DESIGN 6
 * and 7 and contract D8. A copy of it is what the plugin was before.
 */
final class PluginModel {
    static final String SQLITE = "sqlite";
    private static final String NOBODY = "-";

    private final String id;
    private boolean enabled;
    private int newest;
    private int serving;
    private final Map<String, Boolean> decisions = new TreeMap<>();
    private final Map<Integer, Map<String, Boolean>> recorded = new HashMap<>();
    private final Set<Integer> releases = new TreeSet<>();

    /** In the order in which they last began to serve. */
    private final Set<Integer> served = new LinkedHashSet<>();

    private String bound = SQLITE;
    private String owner = "";
    private long value = -1;

    PluginModel(String id) {
        this.id = id;
    }

    PluginModel copy() {
        PluginModel copy = new PluginModel(id);
        copy.enabled = enabled;
        copy.newest = newest;
        copy.serving = serving;
        copy.decisions.putAll(decisions);
        recorded.forEach((version, then) -> copy.recorded.put(version, new TreeMap<>(then)));
        copy.releases.addAll(releases);
        copy.served.addAll(served);
        copy.bound = bound;
        copy.owner = owner;
        copy.value = value;
        return copy;
    }

    String id() {
        return id;
    }

    long value() {
        return value;
    }

    String owner() {
        return owner;
    }

    List<String> newestRequests() {
        return Versions.requests(newest);
    }

    List<String> newestGranted() {
        return granted(newest);
    }

    /** Whether a deed makes sense now. */
    boolean allows(Deed.Kind kind) {
        boolean installed = newest > 0;
        return switch (kind) {
            case INSTALL -> true;
            case UPGRADE, GRANT, UNINSTALL, PURGE -> installed;
            case REVOKE -> !granted(newest).isEmpty();
            case ENABLE -> installed && !enabled;
            case DISABLE -> installed && enabled;
            case ROLLBACK -> earlier().isPresent();
            case COPY -> installed && !owner.isEmpty();
            case WRITE -> enabled && granted(serving).contains("state.set");
        };
    }

    /** The methods that were granted and that this version requests, sorted. */
    List<String> granted(int version) {
        return version == 0
                ? List.of()
                : Versions.requests(version).stream()
                        .filter(method -> decisions.getOrDefault(method, false))
                        .toList();
    }

    private Optional<Integer> earlier() {
        return served.stream().filter(version -> version < serving).reduce((before, later) -> later);
    }

    void apply(Deed deed) {
        switch (deed.kind()) {
            case INSTALL -> {
                enabled |= newest == 0;
                arrive(deed.version());
            }
            case UPGRADE -> {
                arrive(deed.version());
                decide(Versions.requests(deed.version()), List.of());
            }
            case GRANT -> {
                List<String> rest = new ArrayList<>(Versions.requests(newest));
                rest.removeAll(deed.methods());
                rest.removeAll(decisions.keySet());
                decide(deed.methods(), rest);
            }
            case REVOKE -> {
                decide(List.of(), deed.methods());
                recorded.values()
                        .forEach(then ->
                                deed.methods().forEach(method -> then.computeIfPresent(method, (m, yes) -> false)));
            }
            case ENABLE -> enabled = true;
            case DISABLE -> enabled = false;
            case ROLLBACK -> {
                newest = earlier().orElseThrow();
                decisions.putAll(recorded.getOrDefault(newest, Map.of()));
            }
            case UNINSTALL -> leave();
            case PURGE -> {
                leave();
                owner = "";
                value = -1;
            }
            case COPY -> {
                bound = deed.methods().get(0);
                owner = bound;
            }
            case WRITE -> {
                owner = owner.isEmpty() ? bound : owner;
                value++;
            }
        }
        if (newest > 0) {
            settle();
        }
    }

    private void arrive(int version) {
        newest = version;
        releases.add(version);
    }

    private void decide(Collection<String> yes, Collection<String> no) {
        yes.forEach(method -> decisions.put(method, true));
        no.forEach(method -> decisions.put(method, false));
    }

    private void leave() {
        enabled = false;
        newest = 0;
        serving = 0;
        decisions.clear();
        recorded.clear();
        releases.clear();
        served.clear();
    }

    private void settle() {
        if (decisions.keySet().containsAll(Versions.requests(newest))) {
            serving = newest;
        }
        for (int version : new int[] {newest, serving}) {
            if (version > 0) {
                Map<String, Boolean> then = recorded.computeIfAbsent(version, first -> new TreeMap<>());
                decisions.forEach((method, yes) -> {
                    if (Versions.requests(version).contains(method)) {
                        then.put(method, yes);
                    }
                });
            }
        }
        if (enabled && serving > 0) {
            served.remove(serving);
            served.add(serving);
        }
    }

    /** What a node should say of it; see {@link LifeNode}. */
    String expected() {
        if (newest == 0) {
            return id + " gone - - - " + state();
        }
        String decided = Versions.requests(newest).stream()
                .map(method -> method + "=" + word(method))
                .collect(Collectors.joining(","));
        String effective = enabled && serving > 0 ? list(granted(serving)) : NOBODY;
        String standing = !enabled ? "disabled" : serving > 0 ? "enabled" : "installed";
        return id + " " + standing + " " + newest + "/" + serving + "/"
                + releases.stream().map(String::valueOf).collect(Collectors.joining(",")) + " " + decided + " "
                + effective + " " + state();
    }

    private String word(String method) {
        Boolean yes = decisions.get(method);
        return yes == null ? "undecided" : yes ? "granted" : "refused";
    }

    static String list(Collection<String> methods) {
        return methods.isEmpty() ? NOBODY : String.join(",", methods);
    }

    private String state() {
        return owner.isEmpty() ? NOBODY : owner + "=" + (value < 0 ? NOBODY : value);
    }
}
