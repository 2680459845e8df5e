// SPDX-License-Identifier: Apache-2.0
package com.example.reports;

import io.patchbay.plugin.Plugin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/**
 * The component: it is there while the plugin is enabled and there are settings. Upgrades of the plugin, and whatever an
 * operator swaps behind it, leave it alone: the plugin's service stays the same one.
 */
@Component(
        configurationPid = "com.example.reports",
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = ReportsConfiguration.class)
public final class Reports {
    static final String EXPORT_REPORT = "(patchbay.plugin=export-report)";
    /** Less than the patience of the component runtime, which is 5 s. */
    private static final long END_MILLIS = 3_000;

    private static final long SHORTEST_PAUSE_MILLIS = 10;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            work -> new Thread(work, "reports"));

    /**
     * Starts making reports.
     *
     * @param plugin makes them, not null
     * @param log where it is said why there was none, not null
     * @param configuration the settings, not null
     */
    @Activate
    public Reports(
            @Reference(name = "plugin", target = EXPORT_REPORT) Plugin plugin,
            @Reference(service = LoggerFactory.class) Logger log,
            ReportsConfiguration configuration) {
        ReportFolder folder = new ReportFolder(
                plugin, Path.of(configuration.folder()), Duration.ofMillis(configuration.timeout_millis()));
        long pause = Math.max(SHORTEST_PAUSE_MILLIS, configuration.every_millis());
        clock.scheduleWithFixedDelay(() -> folder.make().ifPresent(log::warn), 0, pause, TimeUnit.MILLISECONDS);
    }

    /**
     * Lets the report that is being made be made, for a while; then gives it up, for an interrupt ends a call to a plugin.
     *
     * @throws InterruptedException when the framework gives up waiting
     */
    @Deactivate
    void deactivate() throws InterruptedException {
        clock.shutdown();
        if (!clock.awaitTermination(END_MILLIS, TimeUnit.MILLISECONDS)) {
            clock.shutdownNow();
        }
    }
}
