// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.node;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** Config Admin inside a framework, by reflection: its types are on the other side. */
final class Settings {
    private static final String CONFIG_ADMIN = "org.osgi.service.cm.ConfigurationAdmin";
    private static final String ANY_BUNDLE = "?";

    private final Object admin;

    Settings(BundleContext context) throws InvalidSyntaxException {
        ServiceReference<?>[] found =
                Objects.requireNonNull(context.getAllServiceReferences(CONFIG_ADMIN, null), CONFIG_ADMIN);
        admin = Objects.requireNonNull(context.getService(found[0]), CONFIG_ADMIN);
    }

    void update(String pid, Map<String, ?> settings) throws ReflectiveOperationException {
        Dictionary<String, Object> properties = new Hashtable<>(settings);
        Object configuration = configuration(pid);
        configuration.getClass().getMethod("update", Dictionary.class).invoke(configuration, properties);
    }

    void delete(String pid) throws ReflectiveOperationException {
        Object configuration = configuration(pid);
        configuration.getClass().getMethod("delete").invoke(configuration);
    }

    private Object configuration(String pid) throws ReflectiveOperationException {
        int name = pid.indexOf('~');
        if (name < 0) {
            return admin.getClass()
                    .getMethod("getConfiguration", String.class, String.class)
                    .invoke(admin, pid, ANY_BUNDLE);
        }
        return admin.getClass()
                .getMethod("getFactoryConfiguration", String.class, String.class, String.class)
                .invoke(admin, pid.substring(0, name), pid.substring(name + 1), ANY_BUNDLE);
    }
}
