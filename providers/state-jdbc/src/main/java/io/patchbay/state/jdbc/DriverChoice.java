// SPDX-License-Identifier: Apache-2.0
package io.patchbay.state.jdbc;

import io.patchbay.provider.BackendUnavailableException;
import io.patchbay.provider.BackendUnavailableException.Effect;
import io.patchbay.provider.ProviderException;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.jdbc.DataSourceFactory;

/**
 * Finds the driver for a URL among the {@code DataSourceFactory} services (OSGi Compendium 125) and lets it make the data
 * source. {@code DriverManager} is never asked: it knows no bundles.
 */
final class DriverChoice implements AutoCloseable {
    private static final int LOGIN_SECONDS = 5;

    /** The class names of the drivers of the two databases, so that only the right one has to be loaded. */
    private static final Map<String, String> KNOWN =
            Map.of("jdbc:postgresql:", "org.postgresql.Driver", "jdbc:h2:", "org.h2.Driver");

    private final List<ComponentServiceObjects<DataSourceFactory>> factories;
    private final Map<ComponentServiceObjects<DataSourceFactory>, DataSourceFactory> taken = new HashMap<>();

    DriverChoice(List<ComponentServiceObjects<DataSourceFactory>> factories) {
        this.factories = List.copyOf(factories);
    }

    /**
     * Makes a data source.
     *
     * @param driverClass the setting, empty for the one that the URL says
     * @throws BackendUnavailableException when the driver is not installed: the component starts anew when it comes
     * @throws ProviderException when no driver takes such a URL
     */
    synchronized DataSource open(String url, String user, String password, String driverClass, DatabaseAddress address)
            throws SQLException {
        DataSourceFactory factory =
                find(url, driverClass).orElseThrow(() -> missing(url, driverClass, address.shown()));
        Properties properties = new Properties();
        properties.setProperty(DataSourceFactory.JDBC_URL, url);
        if (!user.isEmpty()) {
            properties.setProperty(DataSourceFactory.JDBC_USER, user);
            properties.setProperty(DataSourceFactory.JDBC_PASSWORD, password);
        }
        DataSource source = factory.createDataSource(properties);
        source.setLoginTimeout(LOGIN_SECONDS);
        return source;
    }

    private Optional<DataSourceFactory> find(String url, String driverClass) throws SQLException {
        String wanted = driverClass.isEmpty() ? known(url) : driverClass;
        for (ComponentServiceObjects<DataSourceFactory> candidate : factories) {
            String offered = driverOf(candidate.getServiceReference());
            if (!wanted.isEmpty() && offered.equals(wanted)) {
                return Optional.of(take(candidate));
            }
        }
        if (!driverClass.isEmpty()) {
            return Optional.empty();
        }
        for (ComponentServiceObjects<DataSourceFactory> candidate : factories) {
            DataSourceFactory factory = take(candidate);
            Driver driver = factory.createDriver(new Properties());
            if (driver.acceptsURL(url)) {
                return Optional.of(factory);
            }
        }
        return Optional.empty();
    }

    private ProviderException missing(String url, String driverClass, String shown) {
        String installed = "; installed are: " + installed();
        if (!driverClass.isEmpty()) {
            return new BackendUnavailableException(
                    "no bundle offers the JDBC driver " + driverClass + " that the setting driver names" + installed,
                    Effect.NONE);
        }
        String known = known(url);
        return known.isEmpty()
                ? new ProviderException("no JDBC driver takes the URL " + shown
                        + ": it is jdbc:postgresql://HOST:PORT/DATABASE or jdbc:h2:FILE" + installed)
                : new BackendUnavailableException(
                        "no bundle offers the JDBC driver " + known + " for " + shown
                                + ": put the driver's jar among the node's bundles" + installed,
                        Effect.NONE);
    }

    private static String known(String url) {
        return KNOWN.entrySet().stream()
                .filter(entry -> url.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private DataSourceFactory take(ComponentServiceObjects<DataSourceFactory> candidate) {
        return taken.computeIfAbsent(candidate, ComponentServiceObjects::getService);
    }

    private String installed() {
        TreeSet<String> names = new TreeSet<>();
        factories.forEach(factory -> names.add(driverOf(factory.getServiceReference())));
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String driverOf(ServiceReference<DataSourceFactory> reference) {
        return String.valueOf(reference.getProperty(DataSourceFactory.OSGI_JDBC_DRIVER_CLASS));
    }

    /** Gives the factories back. */
    @Override
    public synchronized void close() {
        taken.forEach(ComponentServiceObjects::ungetService);
        taken.clear();
    }
}
