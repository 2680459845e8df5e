// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.PolicyView;
import io.patchbay.lifecycle.Change.Changed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides by the policy file what nobody decided yet. Thread-safe. */
final class Policies {
    private final PluginHouse house;
    private final InstalledPlugins plugins;

    Policies(PluginHouse house, InstalledPlugins plugins) {
        this.house = house;
        this.plugins = plugins;
    }

    /**
     * Decides for one plugin. A file that cannot be used decides nothing and is noted.
     *
     * @param lines takes what was decided
     */
    PluginRecord apply(PluginRecord record, List<String> lines, Turn turn) {
        try {
            return apply(house.policy().read(), record, lines);
        } catch (PolicyException bad) {
            turn.note(Texts.reason((Throwable) bad));
            return record;
        }
    }

    private PluginRecord apply(Policy policy, PluginRecord record, List<String> lines) {
        Map<MethodKey, Decision> decided =
                policy.decisions(record, house.clock().instant().toString());
        if (!decided.isEmpty()) {
            lines.add("grant by policy: "
                    + decided.keySet().stream().map(MethodKey::name).collect(Collectors.joining(", ")));
        }
        return record.withDecisions(decided);
    }

    /**
     * Decides for every plugin.
     *
     * @throws AdminException {@code INPUT} when the file cannot be used
     */
    void applyToAll(Turn turn) throws AdminException {
        Policy policy;
        try {
            policy = house.policy().read();
        } catch (PolicyException bad) {
            throw new AdminException(Problem.INPUT, Texts.reason((Throwable) bad), bad);
        }
        for (InstalledPlugin plugin : plugins.all()) {
            if (!policy.decisions(plugin.record(), "").isEmpty()) {
                plugin.change(
                        before -> {
                            List<String> lines = new ArrayList<>();
                            PluginRecord after = apply(policy, before, lines);
                            return new Changed(
                                    after,
                                    lines.stream()
                                            .map(line -> plugin.id() + ": " + line)
                                            .toList(),
                                    Registry::save);
                        },
                        turn);
            }
        }
    }

    /** The file as it is now. */
    PolicyView view() {
        PolicyFile file = house.policy();
        try {
            return new PolicyView(
                    file.file(),
                    "",
                    file.read().rules().stream().map(Policies::view).toList());
        } catch (PolicyException bad) {
            return new PolicyView(file.file(), Texts.reason((Throwable) bad), List.of());
        }
    }

    private static PolicyView.Rule view(Policy.Rule rule) {
        return new PolicyView.Rule(
                rule.digest(),
                rule.pluginId(),
                rule.everything(),
                List.copyOf(new TreeSet<>(rule.methods().keySet())));
    }
}
