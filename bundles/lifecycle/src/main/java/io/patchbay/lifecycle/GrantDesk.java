// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.GrantRequest;
import io.patchbay.admin.Topics;
import io.patchbay.port.Progress;
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
    private final EventSink events;

    GrantDesk(Clock clock, EventSink events) {
        this.clock = clock;
        this.events = events;
    }

    /** Grants; when the request is whole, what nobody decided and it does not grant is refused. */
    void grant(InstalledPlugin plugin, GrantRequest request) throws AdminException {
        plugin.change(
                before -> {
                    Consent consent = Consent.of(before.newest().descriptor(), before.decisions());
                    Set<MethodKey> yes = named(before.id(), request, consent.requested());
                    if (yes.isEmpty() && !request.whole() && !request.all()) {
                        throw new AdminException(Problem.INPUT, "name the methods to grant, or grant all");
                    }
                    Set<MethodKey> covered = new TreeSet<>(yes);
                    if (request.whole()) {
                        covered.addAll(consent.undecided());
                    }
                    Map<MethodKey, Decision> decided = new TreeMap<>();
                    covered.forEach(key -> decided.put(
                            key,
                            decide(
                                    before,
                                    key,
                                    consent.requested().getOrDefault(key, List.of()),
                                    yes.contains(key),
                                    request.actor())));
                    return before.withDecisions(decided);
                },
                Progress.NONE);
        tell(plugin, "granted", request);
    }

    /** Takes grants back; each is recorded as refused. */
    void revoke(InstalledPlugin plugin, GrantRequest request) throws AdminException {
        plugin.change(
                before -> {
                    Map<MethodKey, List<String>> requested = requested(before.newest(), before);
                    before.serving()
                            .ifPresent(serving -> requested(serving, before).forEach(requested::putIfAbsent));
                    Set<MethodKey> no = named(before.id(), request, requested);
                    if (no.isEmpty() && !request.all()) {
                        throw new AdminException(Problem.INPUT, "name the methods to take back, or take all back");
                    }
                    Map<MethodKey, Decision> decided = new TreeMap<>();
                    no.forEach(key -> decided.put(
                            key, decide(before, key, requested.getOrDefault(key, List.of()), false, request.actor())));
                    return before.withDecisions(decided);
                },
                Progress.NONE);
        tell(plugin, "revoked", request);
    }

    private static Map<MethodKey, List<String>> requested(ReleaseRecord release, PluginRecord record) {
        return new TreeMap<>(
                Consent.of(release.descriptor(), record.decisions()).requested());
    }

    private static Set<MethodKey> named(String pluginId, GrantRequest request, Map<MethodKey, List<String>> requested)
            throws AdminException {
        if (request.all()) {
            return requested.keySet();
        }
        Map<String, MethodKey> byName =
                requested.keySet().stream().collect(Collectors.toMap(MethodKey::name, key -> key));
        Set<MethodKey> named = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : new TreeSet<>(request.methods())) {
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

    private Decision decide(PluginRecord record, MethodKey key, List<String> resources, boolean granted, String actor) {
        Set<String> covered = new TreeSet<>(resources);
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
                record.newest().digest());
    }

    private void tell(InstalledPlugin plugin, String what, GrantRequest request) {
        String which = request.all() ? "all" : String.join(", ", new TreeSet<>(request.methods()));
        events.post(
                Topics.GRANT,
                Map.of(
                        Topics.PLUGIN_ID,
                        plugin.id(),
                        Topics.WHAT,
                        what,
                        Topics.DETAIL,
                        which + (request.whole() ? " (the rest refused)" : "") + " by " + request.actor()));
    }
}
