// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.log.LogLevel;
import io.patchbay.provider.log.LogProvider;
import io.patchbay.tck.Ability;
import io.patchbay.tck.LogProviderContract;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.launch.Framework;
import org.osgi.service.log.LogReaderService;
import org.osgi.service.log.LogService;

/** Against Felix's log in a framework of its own. */
class FrameworkLogConformanceTest extends LogProviderContract {
    private static final String PLUGINS = "io.patchbay.plugin.";
    private static final String END = "end of the test";

    @TempDir
    Path folder;

    private final List<String> records = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private Framework framework;
    private LogService log;

    @BeforeEach
    void startFramework() throws Exception {
        start("DEBUG");
    }

    private void start(String level) throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("org.osgi.framework.storage", folder.resolve(level).toString());
        settings.put("org.osgi.service.log.admin.loglevel", level);
        settings.put(
                "org.osgi.framework.system.packages.extra",
                "org.osgi.service.log;version=1.5,org.osgi.service.log.admin;version=1.0");
        framework = new FrameworkFactory().newFramework(settings);
        framework.start();
        BundleContext context = framework.getBundleContext();
        String jar = org.apache.felix.log.Activator.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        context.installBundle(jar).start();
        log = context.getService(context.getServiceReference(LogService.class));
        context.getService(context.getServiceReference(LogReaderService.class)).addLogListener(entry -> {
            if (entry.getMessage().equals(END)) {
                end.countDown();
            } else if (entry.getLoggerName().startsWith(PLUGINS)) {
                String word = entry.getLogLevel().name().toLowerCase(Locale.ROOT);
                records.add((word.equals("warn") ? "warning" : word) + " " + entry.getMessage());
            }
        });
    }

    @AfterEach
    void stopFramework() throws Exception {
        framework.stop();
        framework.waitForStop(10_000);
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.of(Ability.ORDERED);
    }

    @Override
    protected LogProvider open() {
        return new FrameworkLogProvider(log);
    }

    @Override
    protected void close(LogProvider provider) {
        // Nothing to deactivate.
    }

    @Override
    protected List<String> records() throws InterruptedException {
        log.getLogger("end").audit(END);
        assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        return records;
    }

    @Test
    void whatTheFrameworksLevelsDropIsCountedAndSaid() throws Exception {
        stopFramework();
        start("WARN");
        FrameworkLogProvider provider = new FrameworkLogProvider(log);
        provider.write(new LogEntry(Instant.EPOCH, LogLevel.INFO, "demo", 0, "", "", "quiet", Map.of()));
        provider.write(new LogEntry(Instant.EPOCH, LogLevel.WARNING, "demo", 0, "", "", "loud", Map.of()));
        assertThat(records()).containsExactly("warning [plugin:demo] loud");
        assertThat(provider.health().detail()).startsWith("1 entries were below the level");
        assertThat(provider.metrics().get(0).value()).isEqualTo(1);
    }
}
