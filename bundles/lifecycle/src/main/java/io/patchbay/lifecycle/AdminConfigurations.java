// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations of the framework's Config Admin. */
final class AdminConfigurations implements Configurations {
    /** Bound to no bundle: whoever has the PID gets it. */
    private static final String ANY_BUNDLE = "?";

    /** How long somebody else's deletion of the same configuration is waited for. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(2);

    private final ConfigurationAdmin admin;

    AdminConfigurations(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, Map<String, Object>> all() throws IOException {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        for (Configuration configuration : list(null)) {
            all.put(configuration.getPid(), values(configuration));
        }
        return all;
    }

    /** The values of one; empty when there are none yet. May be changed. */
    static Map<String, Object> values(Configuration configuration) {
        Map<String, Object> values = new TreeMap<>();
        @Nullable Dictionary<String, Object> properties = configuration.getProperties();
        if (properties != null) {
            Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
        }
        return values;
    }

    @Override
    public void update(String pid, Map<String, Object> values, Path file) throws IOException {
        Hashtable<String, Object> properties = new Hashtable<>(values);
        // As File Install spells it: a path's own URI has two slashes more.
        properties.put(FILE_PROPERTY, file.toFile().getAbsoluteFile().toURI().toString());
        long end = System.nanoTime() + PATIENCE;
        while (true) {
            try {
                configuration(pid).updateIfDifferent(properties);
                return;
            } catch (IllegalStateException e) {
                // File Install, on its own thread, deletes what it saw no file of; until that is over, it is handed
                // out.
                if (System.nanoTime() - end > 0) {
                    throw new IOException("Config Admin does not keep it: " + e.getMessage(), e);
                }
            }
            LockSupport.parkNanos(PACE);
        }
    }

    private Configuration configuration(String pid) throws IOException {
        int tilde = pid.indexOf('~');
        return tilde < 0
                ? admin.getConfiguration(pid, ANY_BUNDLE)
                : admin.getFactoryConfiguration(pid.substring(0, tilde), pid.substring(tilde + 1), ANY_BUNDLE);
    }

    /** One that is there. */
    Optional<Configuration> find(String pid) throws IOException {
        return list("(service.pid=" + pid + ")").stream().findFirst();
    }

    @Override
    public void delete(String pid) throws IOException {
        for (Configuration configuration : list("(service.pid=" + pid + ")")) {
            configuration.delete();
        }
    }

    private List<Configuration> list(@Nullable String filter) throws IOException {
        try {
            Configuration @Nullable [] found = admin.listConfigurations(filter);
            return found == null ? List.of() : Arrays.asList(found);
        } catch (InvalidSyntaxException e) {
            throw new IOException("not a PID: " + filter, e);
        }
    }
}
