// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What an operator grants in advance (DESIGN 6): rules, of which each grants only what it names. Immutable. */
final class Policy {
    /** Grants nothing. */
    static final Policy NONE = new Policy(List.of());

    private final List<Rule> rules;

    Policy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param digest the artifact it is for; empty for every release of the plugin
     * @param pluginId the plugin it is for; empty when it is for an artifact
     * @param everything whether it grants all that the artifact requests, resources too; only for an artifact
     * @param methods the methods that it grants by their names, with the resources that go with them
     */
    record Rule(String digest, String pluginId, boolean everything, Map<String, Set<String>> methods) {
        Rule {
            methods = Map.copyOf(methods);
        }

        /** As operators are told of it. */
        String named() {
            return PolicyFile.NAME + ", "
                    + (digest.isEmpty() ? "plugin " + pluginId : "digest " + Texts.digest(digest));
        }

        private boolean concerns(String plugin, String artifact) {
            return digest.isEmpty() ? pluginId.equals(plugin) : digest.equals(artifact);
        }

        private boolean grants(MethodKey method, List<String> resources) {
            return everything
                    || Optional.ofNullable(methods.get(method.name()))
                            .filter(covered -> covered.containsAll(resources))
                            .isPresent();
        }
    }

    List<Rule> rules() {
        return rules;
    }

    /**
     * The decisions that it takes on what nobody decided yet; those for an artifact go before those for a plugin.
     *
     * @param now ISO 8601 in UTC
     */
    Map<MethodKey, Decision> decisions(PluginRecord record, String now) {
        ReleaseRecord release = record.newest();
        Consent consent = Consent.of(release.descriptor(), record.decisions());
        List<Rule> concerned = new ArrayList<>(rules.stream()
                .filter(rule -> rule.concerns(record.id(), release.digest()))
                .sorted(Comparator.comparing(rule -> rule.digest().isEmpty()))
                .toList());
        Map<MethodKey, Decision> decisions = new TreeMap<>();
        for (MethodKey method : consent.undecided()) {
            List<String> resources = consent.requested().getOrDefault(method, List.of());
            concerned.stream()
                    .filter(rule -> rule.grants(method, resources))
                    .findFirst()
                    .ifPresent(rule -> decisions.put(
                            method, new Decision(method, resources, true, rule.named(), now, release.digest(), true)));
        }
        return decisions;
    }
}
