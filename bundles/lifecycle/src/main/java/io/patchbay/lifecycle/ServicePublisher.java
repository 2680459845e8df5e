// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.plugin.Plugin;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Publishes plugins in the service registry, under the properties of {@link Plugin}. */
final class ServicePublisher implements PluginPublisher {
    private final BundleContext context;

    ServicePublisher(BundleContext context) {
        this.context = context;
    }

    @Override
    public Publication publish(Plugin plugin, String version, String digest) {
        String id = plugin.id();
        ServiceRegistration<Plugin> registration =
                context.registerService(Plugin.class, plugin, properties(id, version, digest));
        return new Publication() {
            @Override
            public void serves(String newVersion, String newDigest) {
                Object current = registration.getReference().getProperty(Plugin.DIGEST);
                if (!newDigest.equals(current)) {
                    registration.setProperties(properties(id, newVersion, newDigest));
                }
            }

            @Override
            public void withdraw() {
                registration.unregister();
            }
        };
    }

    private static Dictionary<String, Object> properties(String id, String version, String digest) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(Plugin.ID, id);
        properties.put(Plugin.VERSION, version);
        properties.put(Plugin.DIGEST, digest);
        return properties;
    }
}
