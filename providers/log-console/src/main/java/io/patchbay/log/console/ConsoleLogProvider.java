// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.console;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.provider.PatchbayProvider;
import io.patchbay.provider.ProviderHealth;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogProvider;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/** Prints the entries of plugins on the console, one line each, whole and in their order; never waits for a stuck console. */
@Component(
        configurationPid = "io.patchbay.log.console",
        service = {LogProvider.class, MetricSource.class})
@Designate(ocd = ConsoleLogConfiguration.class)
@PatchbayProvider(provider = "console")
public final class ConsoleLogProvider implements LogProvider, MetricSource {
    private final LinePrinter printer;

    /**
     * Takes the settings.
     *
     * @param configuration the settings, not null
     */
    @Activate
    public ConsoleLogProvider(ConsoleLogConfiguration configuration) {
        boolean stdout = configuration.stdout();
        // Looked up at each line, so that a container may replace the stream.
        printer = new LinePrinter(() -> stdout ? System.out : System.err).start();
    }

    /** Prints what waits. */
    @Deactivate
    void deactivate() {
        printer.close();
    }

    @Override
    public void write(LogEntry entry) {
        printer.print(ConsoleLine.of(entry));
    }

    @Override
    public ProviderHealth health() {
        String trouble = printer.trouble();
        return trouble.isEmpty() ? ProviderHealth.UP : new ProviderHealth(ProviderHealth.Status.DEGRADED, trouble);
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                metric("dropped_total", "Log entries dropped because the console took none.", printer.dropped()),
                metric("waiting", "Log entries that wait for the console.", printer.waiting()));
    }

    private static Metric metric(String name, String help, long value) {
        return new Metric("patchbay_log_console_" + name, help, Map.of(), (double) value);
    }
}
