// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything durable about one plugin at one moment.
 *
 * @param id the plugin
 * @param enabled whether an operator wants it to serve
 * @param disabledWhy why it is off; empty when it is on or an operator switched it off without a word
 * @param newest the newest installed release, which may still wait for consent
 * @param serving the release that answers requests; empty when none does
 * @param decisions by method
 */
record PluginRecord(
        String id,
        boolean enabled,
        String disabledWhy,
        ReleaseRecord newest,
        Optional<ReleaseRecord> serving,
        Map<MethodKey, Decision> decisions) {
    PluginRecord {
        decisions = Collections.unmodifiableMap(new TreeMap<>(decisions));
    }

    static PluginRecord first(ReleaseRecord release) {
        return new PluginRecord(release.descriptor().id(), true, "", release, Optional.empty(), Map.of());
    }

    PluginRecord withNewest(ReleaseRecord release) {
        return new PluginRecord(id, enabled, disabledWhy, release, serving, decisions);
    }

    PluginRecord withServing(ReleaseRecord release) {
        return new PluginRecord(id, enabled, disabledWhy, newest, Optional.of(release), decisions);
    }

    PluginRecord withDecisions(Map<MethodKey, Decision> changed) {
        Map<MethodKey, Decision> all = new TreeMap<>(decisions);
        all.putAll(changed);
        return new PluginRecord(id, enabled, disabledWhy, newest, serving, all);
    }

    PluginRecord switched(boolean on, String why) {
        return new PluginRecord(id, on, why, newest, serving, decisions);
    }

    /** Whether the newest release is not the one that serves. */
    boolean pending() {
        return serving.map(release -> !release.digest().equals(newest.digest())).orElse(true);
    }
}
