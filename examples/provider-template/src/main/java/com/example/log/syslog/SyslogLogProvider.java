// SPDX-License-Identifier: Apache-2.0
package com.example.log.syslog;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.provider.BackendConnector;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.propertytypes.ServiceRanking;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The component: settings in, plain objects out. It exists while there are settings for it, and is chosen when an operator
 * binds it ({@code patchbay bind log syslog}).
 */
@Component(
        configurationPid = SyslogLogProvider.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        service = {LogProvider.class, MetricSource.class})
@Designate(ocd = SyslogConfiguration.class)
@ServiceRanking(-1000)
@PatchbayProvider(provider = "syslog")
public final class SyslogLogProvider implements LogProvider, MetricSource {
    static final String PID = "com.example.log.syslog";

    private final BackendConnector<SyslogSender> connector;

    /**
     * Starts connecting, on a thread of its own.
     *
     * @param log where it is said how many entries could not be sent, not null
     * @param configuration the settings, not null
     */
    @Activate
    public SyslogLogProvider(
            @Reference(service = LoggerFactory.class) Logger log, SyslogConfiguration configuration) {
        this(log::warn, configuration);
    }

    SyslogLogProvider(Consumer<String> lastWords, SyslogConfiguration configuration) {
        connector = new BackendConnector<>(
                "syslog", () -> SyslogSender.connect(Settings.of(configuration), lastWords));
    }

    /** Sends what waits and hangs up. */
    @Deactivate
    void deactivate() {
        connector.close();
    }

    @Override
    public CompletionStage<Void> ready() {
        return connector.ready();
    }

    @Override
    public ProviderHealth health() {
        return connector.health(SyslogSender::health);
    }

    @Override
    public void write(LogEntry entry) {
        connector.backend().offer(entry);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                metric("sent_total", "Log entries of plugins sent to the syslog server.", SyslogSender::sent),
                metric("dropped_total", "Log entries dropped because the queue was full.", SyslogSender::dropped));
    }

    private Metric metric(String name, String help, ToLongFunction<SyslogSender> value) {
        boolean connected = health().status() != ProviderHealth.Status.DOWN;
        return new Metric(
                "example_log_syslog_" + name,
                help,
                Map.of(),
                connected ? (double) value.applyAsLong(connector.backend()) : 0);
    }
}
