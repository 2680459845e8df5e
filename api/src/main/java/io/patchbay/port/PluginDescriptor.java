// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an artifact says about itself, read and validated (contract 5, 7); the same for a folder, its zip and its packed
 * file.
 *
 * @param id {@code [a-z0-9]+(-[a-z0-9]+)*}, at most 64 characters, not null
 * @param name for people, not null
 * @param version {@code v?MAJOR.MINOR.PATCH(-pre)?} as written, not null
 * @param description empty when there is none, not null
 * @param scopeNature {@code tenant_aware} or {@code platform_only}, not null
 * @param supportsMultiTenant as declared
 * @param defaultInstallMode {@code global} or {@code tenant_scoped}, not null
 * @param pluginDependencies other plugins it needs, not null
 * @param hostServices what it requests, sorted by owner, service, version, not null
 * @param routes in declared order, not null
 * @param lifecycle declared callbacks, not null
 * @param bridge how to call its code; empty when the artifact has no bridge section
 * @param hasCode whether the artifact carries a module with functions
 * @param unusedSections names of sections that this host does not act on, with what they hold, one line each, not null
 * @param unknownMembers names of members that this host does not know or act on, not null
 * @param unusedItems how many items each section or member holds that this host does not act on, by name, unmodifiable,
 *     not null
 */
public record PluginDescriptor(
        String id,
        String name,
        String version,
        String description,
        String scopeNature,
        boolean supportsMultiTenant,
        String defaultInstallMode,
        List<PluginDependency> pluginDependencies,
        List<HostServiceDeclaration> hostServices,
        List<RouteContract> routes,
        List<LifecycleContract> lifecycle,
        Optional<BridgeContract> bridge,
        boolean hasCode,
        List<String> unusedSections,
        List<String> unknownMembers,
        SortedMap<String, Integer> unusedItems) {
    /** Checks the components and copies the collections. */
    public PluginDescriptor {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(scopeNature, "scopeNature");
        Objects.requireNonNull(defaultInstallMode, "defaultInstallMode");
        Objects.requireNonNull(bridge, "bridge");
        pluginDependencies = List.copyOf(pluginDependencies);
        hostServices = List.copyOf(hostServices);
        routes = List.copyOf(routes);
        lifecycle = List.copyOf(lifecycle);
        unusedSections = List.copyOf(unusedSections);
        unknownMembers = List.copyOf(unknownMembers);
        unusedItems = Collections.unmodifiableSortedMap(new TreeMap<>(unusedItems));
    }

    /**
     * Tells whether requests can run code of this plugin.
     *
     * @return true when there is a module and a bridge that executes routes
     */
    public boolean executesRoutes() {
        return hasCode && bridge.map(BridgeContract::routeExecution).orElse(false);
    }
}
