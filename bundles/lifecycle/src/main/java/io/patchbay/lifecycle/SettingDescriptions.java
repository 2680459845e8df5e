// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.util.List;
import java.util.Optional;

/** What bundles say can be configured. */
interface SettingDescriptions {
    /**
     * One PID as its bundle describes it.
     *
     * @param pid the PID, or the factory's
     * @param name what it is called
     * @param bundle symbolic name of the bundle
     * @param factory whether it is a factory
     * @param settings in the order of the description
     */
    record Described(String pid, String name, String bundle, boolean factory, List<SettingDescription> settings) {
        public Described {
            settings = List.copyOf(settings);
        }

        Optional<SettingDescription> setting(String key) {
            return settings.stream()
                    .filter(setting -> setting.key().equals(key))
                    .findFirst();
        }
    }

    /** All that there are now, sorted by PID. */
    List<Described> all();
}
