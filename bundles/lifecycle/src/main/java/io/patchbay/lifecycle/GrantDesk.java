// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.LifecycleRequest.Grants;
import io.patchbay.lifecycle.Change.Changed;
import io.patchbay.port.PluginDescriptor;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Turns an operator's yes and no into recorded decisions (DESIGN 6). */
final class GrantDesk {
    private final Clock clock;

    GrantDesk(Clock clock) {
        this.clock = clock;
    }

    /** Grants; when the decision is whole, what nobody decided and it does not grant is refused. */
    Changed grant(PluginRecord before, Grants grants, boolean whole, String actor) throws AdminException {
        PluginDescriptor newest = before.newest().descriptor();
        Consent consent = Consent.of(newest, before.decisions());
        Set<MethodKey> yes = named(newest, grants);
        if (yes.isEmpty() && !whole && !grants.all()) {
            throw new AdminException(Problem.INPUT, "name the methods to grant, or grant all");
        }
        Set<MethodKey> no = new TreeSet<>(whole ? consent.undecided() : List.of());
        no.removeAll(yes);
        Map<MethodKey, Decision> decided = new TreeMap<>();
        yes.forEach(key -> decided.put(key, decide(before, key, consent.requested(), true, actor)));
        no.forEach(key -> decided.put(key, decide(before, key, consent.requested(), false, actor)));
        List<String> what = new ArrayList<>();
        say(what, "grant ", yes);
        say(what, "refuse ", no);
        return new Changed(before.withDecisions(decided), what, Registry::save);
    }

    /** Takes grants back; each is recorded as refused, for every archived release too. */
    Changed revoke(PluginRecord before, Grants grants, String actor) throws AdminException {
        Map<MethodKey, List<String>> requested = requested(before.newest());
        before.serving().ifPresent(serving -> requested(serving).forEach(requested::putIfAbsent));
        // What an archived release was granted can be taken back too.
        before.decisions().values().forEach(decision -> requested.putIfAbsent(decision.key(), decision.resources()));
        Set<MethodKey> no = named(before.id(), grants, requested);
        if (no.isEmpty() && !grants.all()) {
            throw new AdminException(Problem.INPUT, "name the methods to take back, or take all back");
        }
        Map<MethodKey, Decision> decided = new TreeMap<>();
        no.forEach(key -> decided.put(key, decide(before, key, requested, false, actor)));
        List<String> what = new ArrayList<>();
        say(what, "take back ", no);
        return new Changed(
                before.withDecisions(decided),
                what,
                (registry, after, line) -> registry.saveTakenBack(after, decided.values(), line));
    }

    private static void say(List<String> what, String verb, Set<MethodKey> methods) {
        if (!methods.isEmpty()) {
            what.add(verb + methods.stream().map(MethodKey::name).collect(Collectors.joining(", ")));
        }
    }

    private static Map<MethodKey, List<String>> requested(ReleaseRecord release) {
        return new TreeMap<>(Consent.of(release.descriptor(), Map.of()).requested());
    }

    /**
     * The requested methods that are named.
     *
     * @throws AdminException {@code INPUT} for a method that the plugin does not request
     */
    static Set<MethodKey> named(PluginDescriptor descriptor, Grants grants) throws AdminException {
        return named(descriptor.id(), grants, Consent.of(descriptor, Map.of()).requested());
    }

    private static Set<MethodKey> named(String pluginId, Grants grants, Map<MethodKey, List<String>> requested)
            throws AdminException {
        if (grants.all()) {
            return requested.keySet();
        }
        Map<String, MethodKey> byName =
                requested.keySet().stream().collect(Collectors.toMap(MethodKey::name, key -> key));
        Set<MethodKey> named = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : new TreeSet<>(grants.methods())) {
            MethodKey key = byName.get(name.strip().toLowerCase(Locale.ROOT));
            if (key == null) {
                unknown.add(name);
            } else {
                named.add(key);
            }
        }
        if (!unknown.isEmpty()) {
            throw new AdminException(
                    Problem.INPUT,
                    "plugin " + Texts.quoted(pluginId) + " does not request "
                            + unknown.stream().map(Texts::quoted).collect(Collectors.joining(", ")) + "; "
                            + requests(byName.keySet()));
        }
        return named;
    }

    private static String requests(Collection<String> names) {
        return names.isEmpty() ? "it requests nothing" : "it requests " + String.join(", ", new TreeSet<>(names));
    }

    private Decision decide(
            PluginRecord record, MethodKey key, Map<MethodKey, List<String>> requested, boolean granted, String actor) {
        Set<String> covered = new TreeSet<>(requested.getOrDefault(key, List.of()));
        Decision earlier = record.decisions().get(key);
        if (earlier != null && earlier.granted() == granted) {
            covered.addAll(earlier.resources());
        }
        return new Decision(
                key,
                List.copyOf(covered),
                granted,
                actor,
                clock.instant().toString(),
                record.newest().digest(),
                false);
    }
}
