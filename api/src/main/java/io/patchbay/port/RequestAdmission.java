// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Whether a request would reach a plugin's code: for ways in that want to know before they read a body, and for plugins that
 * have no service. Implemented by {@code io.patchbay.lifecycle}; registered while its data folder is open, after the plugins
 * that serve. Thread-safe.
 */
@ProviderType
public interface RequestAdmission {
    /**
     * Makes every check of contract 1.8 up to the execution, in its order.
     *
     * @param pluginId may be of a plugin that is not installed, not null
     * @param request its body is not looked at, not null
     * @throws PluginCallException what the caller is to be answered
     */
    void admit(String pluginId, PluginRequest request) throws PluginCallException;
}
