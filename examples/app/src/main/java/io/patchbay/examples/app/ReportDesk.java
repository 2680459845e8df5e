// SPDX-License-Identifier: Apache-2.0
package io.patchbay.examples.app;

import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Has a plugin make a report for a task: for other bundles as an operator from task to report, and on the console as
 * {@code report:make TASK}.
 *
 * <p>It is there while the plugin is enabled. Upgrades and rollbacks of the plugin, and whatever an operator swaps behind it,
 * leave it alone: the plugin's service stays the same one, and each call reaches the release that serves then. Thread-safe.
 */
@Component(
        service = UnaryOperator.class,
        configurationPid = "io.patchbay.examples.app",
        property = {"osgi.command.scope=report", "osgi.command.function=make"})
@Designate(ocd = ReportDeskConfiguration.class)
public final class ReportDesk implements UnaryOperator<String> {
    static final String EXPORT_REPORT = "(patchbay.plugin=export-report)";

    private static final int OK = 200;

    private final Plugin plugin;
    private final Duration timeout;

    /**
     * Called by the component runtime.
     *
     * @param plugin makes the reports, not null
     * @param configuration the settings, not null
     */
    @Activate
    public ReportDesk(
            @Reference(name = "plugin", target = EXPORT_REPORT) Plugin plugin, ReportDeskConfiguration configuration) {
        this(plugin, Duration.ofMillis(configuration.timeout_millis()));
    }

    ReportDesk(Plugin plugin, Duration timeout) {
        this.plugin = plugin;
        this.timeout = timeout;
    }

    /**
     * Makes a report.
     *
     * @param task what it is for, any text, not null
     * @return the report as the plugin wrote it: text of an untrusted guest
     * @throws ReportException when there is none
     */
    public String make(String task) {
        String query = "taskId=" + URLEncoder.encode(task, StandardCharsets.UTF_8);
        PluginRequest request =
                PluginRequest.to("GET", "/export?" + query).timeout(timeout).build();
        try {
            return text(plugin.call(request));
        } catch (PluginCallException e) {
            boolean nothingHasRun = switch (e.reason()) {
                case BUSY, RESTARTING -> true;
                default -> false;
            };
            throw new ReportException("there is no report: " + e.getMessage(), nothingHasRun);
        }
    }

    private static String text(PluginResponse response) {
        if (response.httpStatus() != OK) {
            throw new ReportException("there is no report: the plugin answered " + response.httpStatus(), false);
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Override
    public String apply(String task) {
        return make(task);
    }
}
