// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import io.patchbay.admin.LogAdmin;
import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PatchbayHostService;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.ProviderSlots;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.provider.state.StateQuota;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;

/** Registers the host service {@code runtime}, the recent log entries and the counters; wires what does the work. */
@Component(
        service = {HostService.class, LogAdmin.class, MetricSource.class, RuntimeComponent.class},
        configurationPid = "io.patchbay.runtime")
@Designate(ocd = RuntimeConfiguration.class)
@PatchbayHostService(host_service = RuntimeHostService.NAME)
public final class RuntimeComponent implements HostService, LogAdmin, MetricSource {
    private final RuntimeCounters counters = new RuntimeCounters();
    private final RecentLog recent = new RecentLog();
    private final LimitTable limits;
    private final Logger log;
    private final LogHygiene hygiene;
    private final RuntimeSlots slots;
    private final RuntimeHostService runtime;
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> ticking;

    /** Opens the five slots. */
    @Activate
    public RuntimeComponent(
            BundleContext context,
            RuntimeConfiguration configuration,
            @Reference ProviderSlots bay,
            @Reference LoggerFactory loggers) {
        log = loggers.getLogger("io.patchbay.runtime");
        limits = new LimitTable(limitsOf(configuration), ceilingOf(configuration));
        hygiene = new LogHygiene(new SecretNames(List.of(configuration.log_secret_names())));
        LogTarget target = new LogTarget(recent, new FrameworkLog(loggers), Clock.systemUTC(), System::nanoTime);
        slots = RuntimeSlots.open(bay, context);
        runtime = new RuntimeHostService(slots, limits, counters, target, hygiene);
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "patchbay-runtime-log");
            thread.setDaemon(true);
            return thread;
        });
        ticking = timer.scheduleWithFixedDelay(runtime::tick, 1, 1, TimeUnit.SECONDS);
    }

    @Modified
    void modified(RuntimeConfiguration configuration) {
        limits.setHostWide(limitsOf(configuration), ceilingOf(configuration));
        limits.newlyRefused().forEach(line -> log.warn(line));
        hygiene.setSecrets(new SecretNames(List.of(configuration.log_secret_names())));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addPluginLimits(PluginLimits own) {
        limits.setOwn(own.pluginId(), own.settings());
        limits.newlyRefused().forEach(line -> log.warn(line));
    }

    void removePluginLimits(PluginLimits own) {
        limits.clearOwn(own.pluginId(), own.settings());
    }

    @Deactivate
    void deactivate() {
        // No interrupt: it would reach into the provider that a tick is calling.
        ticking.cancel(false);
        timer.shutdown();
        runtime.close();
        slots.close();
    }

    /** A look at what plugins keep, while this component is there. */
    StateInspector inspector(Supplier<Set<String>> owning, Supplier<Set<String>> installed) {
        return new StateInspector(slots.state(), limits, owning, installed);
    }

    @Override
    public HostServiceDescriptor descriptor() {
        return runtime.descriptor();
    }

    @Override
    public HostMethod bind(PluginContext plugin, String method) {
        return runtime.bind(plugin, method);
    }

    @Override
    public List<LogEntry> recent(Optional<String> pluginId) {
        return recent.recent(pluginId);
    }

    @Override
    public Subscription follow(Consumer<LogEntry> listener) {
        return recent.follow(listener);
    }

    @Override
    public List<Metric> metrics() {
        return counters.metrics();
    }

    private static RuntimeLimits limitsOf(RuntimeConfiguration configuration) {
        return new RuntimeLimits(
                configuration.state_key_bytes(),
                configuration.state_value_bytes(),
                configuration.state_batch_keys(),
                configuration.state_batch_bytes(),
                new StateQuota(configuration.state_quota_keys(), configuration.state_quota_bytes()),
                configuration.log_rate(),
                configuration.log_burst());
    }

    private static LimitTable.Ceiling ceilingOf(RuntimeConfiguration configuration) {
        return new LimitTable.Ceiling(
                new StateQuota(configuration.state_quota_keys_ceiling(), configuration.state_quota_bytes_ceiling()),
                configuration.log_rate_ceiling(),
                configuration.log_burst_ceiling());
    }
}
