// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.List;
import java.util.Objects;

/**
 * One item of {@code hostServices}: what a plugin requests of one host service (contract 5.2), validated and normalized:
 * names trimmed and lower-cased, lists sorted.
 *
 * @param owner the plugin that owns the service; empty for a service of the host, not null
 * @param service the service's name, not null
 * @param version the owned service's version; empty for a service of the host, not null
 * @param methods at least one, not null
 * @param paths for path services, not null
 * @param tables for table services, not null
 * @param keys for key services, not null
 * @param resources named resources, not null
 */
public record HostServiceDeclaration(
        String owner,
        String service,
        String version,
        List<String> methods,
        List<String> paths,
        List<String> tables,
        List<String> keys,
        List<ResourceDeclaration> resources) {
    /** Checks the components and copies the lists. */
    public HostServiceDeclaration {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(version, "version");
        methods = List.copyOf(methods);
        paths = List.copyOf(paths);
        tables = List.copyOf(tables);
        keys = List.copyOf(keys);
        resources = List.copyOf(resources);
    }

    /**
     * The name by which grants and operators know the service.
     *
     * @return {@code service}, or {@code owner/service/version} for an owned one, never null
     */
    public String label() {
        return owner.isEmpty() ? service : owner + "/" + service + "/" + version;
    }
}
