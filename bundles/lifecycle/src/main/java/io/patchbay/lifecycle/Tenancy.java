// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.InstallMode;
import io.patchbay.port.PluginDescriptor;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * For which tenants a plugin is there (contract D19, 8.2).
 *
 * @param mode whether tenants are in until switched off, or out until switched on
 * @param tenants the tenants that somebody switched on or off
 */
record Tenancy(InstallMode mode, SortedMap<Integer, Boolean> tenants) {
    Tenancy {
        tenants = Collections.unmodifiableSortedMap(new TreeMap<>(tenants));
    }

    /** What the manifest asks for. */
    static Tenancy of(PluginDescriptor descriptor) {
        return new Tenancy(
                InstallMode.of(descriptor.defaultInstallMode()).orElse(InstallMode.GLOBAL),
                Collections.emptySortedMap());
    }

    /** Whether the plugin is there for a caller of this tenant; the platform, 0, is always let in. */
    boolean admits(int tenantId) {
        return tenantId <= 0 || tenants.getOrDefault(tenantId, mode == InstallMode.GLOBAL);
    }

    Tenancy with(int tenantId, boolean enabled) {
        SortedMap<Integer, Boolean> changed = new TreeMap<>(tenants);
        changed.put(tenantId, enabled);
        return new Tenancy(mode, changed);
    }

    Tenancy without(int tenantId) {
        SortedMap<Integer, Boolean> changed = new TreeMap<>(tenants);
        changed.remove(tenantId);
        return new Tenancy(mode, changed);
    }

    Tenancy in(InstallMode changed) {
        return new Tenancy(changed, tenants);
    }
}
