// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.osgi;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;

/**
 * Gives the entries of plugins to the framework's log, each to a logger of the plugin's own:
 * {@code io.patchbay.plugin.<id>}, with the text of contract 4.1.
 *
 * <p>The framework's log has levels of its own and drops what is below them - by the OSGi specification everything below
 * warning, until an operator configures its loggers. What is dropped so is counted and shown.
 */
@Component(service = {LogProvider.class, MetricSource.class})
@ServiceRanking(-1000)
@PatchbayProvider(provider = "osgi")
public final class FrameworkLogProvider implements LogProvider, MetricSource {
    private static final String LOGGERS = "io.patchbay.plugin.";

    private final LogService log;
    private final LongAdder below = new LongAdder();

    /**
     * Takes the framework's log.
     *
     * @param log not null
     */
    @Activate
    public FrameworkLogProvider(@Reference LogService log) {
        this.log = log;
    }

    @Override
    public void write(LogEntry entry) {
        Logger logger = log.getLogger(LOGGERS + entry.pluginId());
        String text = entry.text();
        boolean enabled = switch (entry.level()) {
            case DEBUG -> logger.isDebugEnabled();
            case INFO -> logger.isInfoEnabled();
            case WARNING -> logger.isWarnEnabled();
            case ERROR -> logger.isErrorEnabled();
        };
        if (!enabled) {
            below.increment();
            return;
        }
        // The variants without arguments: what looks like a placeholder is a plugin's data.
        switch (entry.level()) {
            case DEBUG -> logger.debug(text);
            case INFO -> logger.info(text);
            case WARNING -> logger.warn(text);
            case ERROR -> logger.error(text);
        }
    }

    @Override
    public ProviderHealth health() {
        long dropped = below.sum();
        if (dropped == 0) {
            return ProviderHealth.UP;
        }
        return new ProviderHealth(
                ProviderHealth.Status.UP,
                dropped + " entries were below the level of the framework's loggers " + LOGGERS
                        + "*: configure their level to see them");
    }

    @Override
    public List<Metric> metrics() {
        return List.of(new Metric(
                "patchbay_log_osgi_below_level_total",
                "Log entries of plugins that the framework's log levels dropped.",
                Map.of(),
                (double) below.sum()));
    }
}
