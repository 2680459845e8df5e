// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * A named set of methods that a plugin may call when an operator granted them.
 *
 * <p>Registered as an OSGi service with the property of {@link PatchbayHostService}. The host tracks it like a provider:
 * each call holds a lease on it; when it leaves, calls in flight end first, its bound methods are closed and dropped;
 * when it returns, grants are bound again (DESIGN 3). {@link #bind} is called once per grant, from any thread.
 */
@ConsumerType
public interface HostService {
    /** Service property: the name of the host service ({@code String}). */
    String NAME = "patchbay.host.service";

    /**
     * Says what this service offers.
     *
     * @return the same descriptor for the life of the service, never null
     */
    HostServiceDescriptor descriptor();

    /**
     * Binds one granted method for one plugin. Called once when a grant takes effect, never on the path of a call.
     *
     * @param plugin who was granted, and what, not null
     * @param method one of the descriptor's methods, not null
     * @return the bound method, never null; closed by the host when the grant, the plugin or this service goes
     */
    HostMethod bind(PluginContext plugin, String method);
}
