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
 * @param activation whether an operator wants it to serve
 * @param disabledWhy why it is off; empty when it is not
 * @param wayIn which way it came in, and who alone may bring another release
 * @param tenancy for which tenants it is there
 * @param newest the release that is to serve, which may still wait for consent
 * @param serving the release that answers requests; empty when none does
 * @param decisions by method
 */
record PluginRecord(
        String id,
        Activation activation,
        String disabledWhy,
        String wayIn,
        Tenancy tenancy,
        ReleaseRecord newest,
        Optional<ReleaseRecord> serving,
        Map<MethodKey, Decision> decisions) {
    PluginRecord {
        decisions = Collections.unmodifiableMap(new TreeMap<>(decisions));
    }

    static PluginRecord first(ReleaseRecord release, String wayIn, boolean enable) {
        return new PluginRecord(
                release.descriptor().id(),
                enable ? Activation.ENABLED : Activation.NEW,
                "",
                wayIn,
                Tenancy.of(release.descriptor()),
                release,
                Optional.empty(),
                Map.of());
    }

    PluginRecord withNewest(ReleaseRecord release) {
        return new PluginRecord(id, activation, disabledWhy, wayIn, tenancy, release, serving, decisions);
    }

    PluginRecord withServing(ReleaseRecord release) {
        return new PluginRecord(id, activation, disabledWhy, wayIn, tenancy, newest, Optional.of(release), decisions);
    }

    PluginRecord withDecisions(Map<MethodKey, Decision> changed) {
        Map<MethodKey, Decision> all = new TreeMap<>(decisions);
        all.putAll(changed);
        return new PluginRecord(id, activation, disabledWhy, wayIn, tenancy, newest, serving, all);
    }

    PluginRecord withTenancy(Tenancy changed) {
        return new PluginRecord(id, activation, disabledWhy, wayIn, changed, newest, serving, decisions);
    }

    PluginRecord switched(boolean on, String why) {
        return new PluginRecord(
                id, on ? Activation.ENABLED : Activation.DISABLED, why, wayIn, tenancy, newest, serving, decisions);
    }

    boolean enabled() {
        return activation == Activation.ENABLED;
    }

    /** Whether the newest release is not the one that serves. */
    boolean pending() {
        return serving.map(release -> !release.digest().equals(newest.digest())).orElse(true);
    }

    /** The release whose code is this plugin's now: the one that serves, else the one that is to. */
    ReleaseRecord current() {
        return serving.orElse(newest);
    }
}
