// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.port.MigrationJournal;
import io.patchbay.port.OwnerRegistry;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.event.EventAdmin;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Runs the patch bay in the framework.
 *
 * <p>Log, events and the record of owners may come and go: they are tracked rather than referenced, for with each of them
 * the component, and every slot, would be made anew.
 */
@Component(service = BayComponent.class, configurationPid = "io.patchbay.bay")
@Designate(ocd = BayConfig.class)
public final class BayComponent {
    private static final int DRAINERS = 4;
    private static final int MOVERS = 4;
    private static final int WAITING_CHANGES = 64;

    private final ServiceTracker<LoggerFactory, LoggerFactory> logs;
    private final ServiceTracker<EventAdmin, EventAdmin> events;
    private final ServiceTracker<OwnerRegistry, OwnerRegistry> owners;
    private final ServiceTracker<MigrationJournal, MigrationJournal> journals;
    private final ScheduledExecutorService timer;
    private final ThreadPoolExecutor drainers;
    private final ThreadPoolExecutor movers;
    private final Bay bay;

    /** Called by the component runtime. */
    @Activate
    public BayComponent(BundleContext context, BayConfig config) {
        logs = new ServiceTracker<>(context, LoggerFactory.class, null);
        events = new ServiceTracker<>(context, EventAdmin.class, null);
        logs.open();
        events.open();
        ScheduledThreadPoolExecutor scheduled = new ScheduledThreadPoolExecutor(1, named("patchbay-bay-timer-"));
        scheduled.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer = scheduled;
        drainers = threads(DRAINERS, "patchbay-bay-drain-");
        movers = threads(MOVERS, "patchbay-bay-move-");
        EventSink sink = new EventAdminSink(events);
        IncidentLog log = new LoggerIncidentLog(logs);
        bay = new Bay(
                BayConfig.Reader.settings(config),
                sink,
                log,
                (kind, provider, settings) -> new Breaker(kind, provider, settings.breaker(), sink, log),
                (delay, task) -> {
                    Future<?> unused = scheduled.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
                },
                System::nanoTime);
        owners = new ServiceTracker<>(
                context, OwnerRegistry.class, new Attaching<>(context, bay::attachOwners, bay::detachOwners));
        journals = new ServiceTracker<>(
                context, MigrationJournal.class, new Attaching<>(context, bay::attachJournal, bay::detachJournal));
        owners.open();
        journals.open();
    }

    @Modified
    void modified(BayConfig config) {
        bay.settings(BayConfig.Reader.settings(config));
    }

    @Deactivate
    void deactivate() {
        bay.close();
        timer.shutdownNow();
        drainers.shutdown();
        movers.shutdown();
        journals.close();
        owners.close();
        events.close();
        logs.close();
    }

    Bay bay() {
        return bay;
    }

    ExecutorService drainers() {
        return drainers;
    }

    /** Threads on which operators' changes are carried out. */
    ExecutorService movers() {
        return movers;
    }

    private static ThreadPoolExecutor threads(int most, String prefix) {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_CHANGES), named(prefix));
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger made = new AtomicInteger();
        ClassLoader ours = BayComponent.class.getClassLoader();
        return task -> {
            Thread thread = new Thread(null, task, prefix + made.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(ours);
            return thread;
        };
    }

    /** Hands a service of another room to the bay while it is there. */
    private record Attaching<S>(BundleContext context, Consumer<S> attach, Consumer<S> detach)
            implements ServiceTrackerCustomizer<S, S> {
        @Override
        public S addingService(ServiceReference<S> reference) {
            S service = context.getService(reference);
            if (service != null) {
                attach.accept(service);
            }
            return service;
        }

        @Override
        public void modifiedService(ServiceReference<S> reference, S service) {}

        @Override
        public void removedService(ServiceReference<S> reference, S service) {
            detach.accept(service);
            context.ungetService(reference);
        }
    }
}
