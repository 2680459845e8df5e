// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The plugins that can be meant on this node: installed ones, those that use a slot, and those that left data behind. */
final class PluginIds {
    private final Bay bay;
    private final Supplier<Set<String>> installed;

    PluginIds(Bay bay, Supplier<Set<String>> installed) {
        this.bay = bay;
        this.installed = installed;
    }

    Set<String> of(ProviderSlot<?> slot) {
        Set<String> ids = new TreeSet<>(installed.get());
        ids.addAll(slot.plugins());
        bay.parts().owners().all(slot.kind()).ifPresent(owned -> ids.addAll(owned.keySet()));
        return ids;
    }

    /** That there is none of this id, and which there are. */
    String unknown(ProviderSlot<?> slot, String pluginId) {
        Set<String> known = of(slot);
        return "there is no plugin " + Targets.quoted(pluginId) + " on this node; "
                + (known.isEmpty() ? "none is installed" : "there are: " + String.join(", ", known));
    }
}
