// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import java.util.Objects;

/**
 * The settings of one PID.
 *
 * @param pid the name; of a factory without a configuration, the factory's, not null
 * @param name what it is called; empty when no bundle describes it, not null
 * @param bundle symbolic name of the bundle that describes it; empty when none does, not null
 * @param factory whether it is a factory, whose configurations are called {@code PID~NAME}
 * @param configured whether anything is set
 * @param settings in the order of the description, then by name, not null
 */
public record SettingsView(
        String pid, String name, String bundle, boolean factory, boolean configured, List<SettingView> settings) {
    /** Checks the components and copies the list. */
    public SettingsView {
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(bundle, "bundle");
        settings = List.copyOf(settings);
    }
}
