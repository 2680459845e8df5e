// SPDX-License-Identifier: Apache-2.0
package io.patchbay.plugin;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A plugin as an OSGi service: registered for each enabled plugin with the properties below, once, and kept across
 * upgrades and swaps. Any bundle calls it by {@code @Reference(target = "(patchbay.plugin=<id>)")}. Thread-safe.
 */
@ProviderType
public interface Plugin {
    /** Service property: the plugin's id ({@code String}). */
    String ID = "patchbay.plugin";
    /** Service property: the serving release's version ({@code String}). */
    String VERSION = "patchbay.plugin.version";
    /** Service property: SHA-256 of the serving release, 64 lower-case hex digits ({@code String}). */
    String DIGEST = "patchbay.plugin.digest";

    /**
     * The plugin's id.
     *
     * @return never null
     */
    String id();

    /**
     * Runs one request. The guest runs on a thread of its own; this call waits for it, at most to the deadline.
     *
     * @param request the request, not null
     * @return what the plugin answered, never null
     * @throws PluginCallException when no plugin code answered
     */
    PluginResponse call(PluginRequest request) throws PluginCallException;
}
