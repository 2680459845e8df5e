// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps bindings in Config Admin, from where {@link BindingComponent} gets them. A component of its own, so that a
 * framework without Config Admin simply has none.
 */
@Component(service = BindingStore.class)
public final class ConfigBindings implements BindingStore {
    private static final String OWN = Wishes.FACTORY_PID + "~";

    /** How long somebody else's deletion of the same configuration is waited for. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(2);

    private static final long PACE = TimeUnit.MILLISECONDS.toNanos(2);

    private final ConfigurationAdmin admin;

    /** Made by declarative services once there is a Config Admin. */
    @Activate
    public ConfigBindings(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public void save(String pid, Wish wish) throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("kind", wish.kind());
        properties.put("plugin", wish.plugin());
        properties.put("provider", wish.provider());
        properties.put("filter", wish.filter().map(Filter::toString).orElse(""));
        change(pid, configuration -> {
            configuration.update(properties);
            return values(pid).isPresent();
        });
    }

    @Override
    public void remove(String pid) throws IOException {
        change(pid, configuration -> {
            configuration.delete();
            return true;
        });
    }

    private interface Change {
        /** @return whether it holds */
        boolean on(Configuration configuration) throws IOException;
    }

    /**
     * What watches files deletes, on its own thread and some time later, what it saw no file of: perhaps the very configuration
     * that is changed here. Until that is over, Config Admin hands out what is already deleted.
     */
    private void change(String pid, Change change) throws IOException {
        long end = System.nanoTime() + PATIENCE;
        while (true) {
            boolean isLast = System.nanoTime() - end > 0;
            try {
                if (change.on(configuration(pid))) {
                    return;
                }
                if (isLast) {
                    throw new IOException("somebody else deletes it each time");
                }
            } catch (IllegalStateException e) {
                if (isLast) {
                    throw e;
                }
            }
            LockSupport.parkNanos(PACE);
        }
    }

    @Override
    public Optional<Map<String, Object>> values(String pid) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(" + Constants.SERVICE_PID + "=" + pid + ")");
            return found == null
                    ? Optional.empty()
                    : Optional.ofNullable(found[0].getProperties()).map(ConfigBindings::settings);
        } catch (InvalidSyntaxException e) {
            // Not a PID, so nothing is configured under it.
            return Optional.empty();
        }
    }

    private static Map<String, Object> settings(Dictionary<String, Object> properties) {
        Map<String, Object> values = new TreeMap<>(FrameworkUtil.asMap(properties));
        values.keySet().removeIf(key -> key.startsWith("service.") || key.startsWith("felix."));
        return values;
    }

    private Configuration configuration(String pid) throws IOException {
        // Bound to no bundle: whoever reads bindings may be an update of this one.
        return pid.startsWith(OWN)
                ? admin.getFactoryConfiguration(Wishes.FACTORY_PID, pid.substring(OWN.length()), "?")
                : admin.getConfiguration(pid, "?");
    }
}
