// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http.routes;

import io.patchbay.admin.MetricSource;
import io.patchbay.admin.PluginAddress;
import io.patchbay.http.Endpoints;
import io.patchbay.plugin.Plugin;
import io.patchbay.port.RequestAdmission;
import java.net.URI;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.Servlet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;

/** Puts the routes of plugins on the HTTP Whiteboard, and tracks what they need. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.patchbay.http.plugins")
@Designate(ocd = PluginRouteSettings.class)
public final class PluginRoutesComponent {
    private static final int HEAP_SHARE = 8;
    private static final long IDLE_SECONDS = 30;
    private static final long STOP_SECONDS = 4;

    private final BundleContext context;
    private final Logger log;
    private final ExecutorService workers;
    private final ScheduledThreadPoolExecutor clock;
    private final PluginDirectory directory;
    private final TrackedResolvers resolvers;
    private final ServiceTracker<Plugin, Plugin> plugins;
    private final ServiceTracker<RequestAdmission, RequestAdmission> admissions;
    private final ServiceRegistration<MetricSource> metrics;
    private final PluginRoutes routes;
    private final PluginServlet servlet;
    private Carried carried;
    private volatile RouteLimits limits;
    private volatile Duration grace;
    private volatile ClientAddress clients;

    /** Made by declarative services. */
    @Activate
    public PluginRoutesComponent(
            BundleContext context, PluginRouteSettings settings, @Reference LoggerFactory loggers) {
        this.context = context;
        this.log = loggers.getLogger(PluginRoutesComponent.class);
        this.limits = limits(settings);
        this.grace = Duration.ofMillis(settings.grace_millis());
        this.clients = clients(settings);
        // Bounded by the gate: an executor that is full would refuse a request whose worker is just about to be free.
        workers = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("worker"));
        clock = new ScheduledThreadPoolExecutor(1, named("clock"));
        clock.setRemoveOnCancelPolicy(true);
        directory = new PluginDirectory(() -> grace);
        resolvers = new TrackedResolvers(context, () -> grace);
        plugins = new Plugins(context);
        plugins.open();
        admissions = new Admissions(context);
        admissions.open();
        RouteCounters counters = new RouteCounters();
        RequestGate gate = new RequestGate(() -> limits);
        counters.watch(gate);
        routes = new PluginRoutes(new PluginRoutes.Parts(
                directory,
                new Callers(resolvers, this::report),
                () -> clients,
                () -> limits,
                gate,
                new GuestAnswers(() -> limits, counters),
                counters,
                workers,
                clock,
                this::report));
        servlet = new PluginServlet(routes);
        metrics = context.registerService(MetricSource.class, counters, null);
        carried = carried(settings.target());
    }

    private void report(String what, Throwable failure) {
        log.error("{}", what, failure);
    }

    private static ThreadFactory named(String role) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "patchbay-http-" + role + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    private static RouteLimits limits(PluginRouteSettings settings) {
        long held = settings.held_bytes() > 0
                ? settings.held_bytes()
                : Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        return new RouteLimits(
                settings.requests(),
                settings.requests_per_plugin(),
                settings.body_limit_bytes(),
                Duration.ofMillis(settings.body_time_millis()),
                held,
                settings.header_count(),
                settings.header_bytes(),
                settings.answer_header_bytes(),
                Duration.ofMillis(settings.answer_time_millis()));
    }

    private ClientAddress clients(PluginRouteSettings settings) {
        try {
            return ClientAddress.trusting(List.of(settings.trusted_proxies()));
        } catch (IllegalArgumentException wrong) {
            log.warn("io.patchbay.http.plugins, trusted.proxies: {}; no proxy is trusted", wrong.getMessage());
            return ClientAddress.trusting(List.of());
        }
    }

    private Carried carried(String target) {
        try {
            return new Carried(target, target);
        } catch (InvalidSyntaxException wrong) {
            log.warn("io.patchbay.http.plugins, target: {}; the default holds", wrong.getMessage());
        }
        try {
            return new Carried(target, PluginRouteSettings.TARGET);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Hashtable<String, Object> properties(String target) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", RequestTarget.PREFIX + "*");
        properties.put("osgi.http.whiteboard.servlet.name", "patchbay.plugins");
        properties.put("osgi.http.whiteboard.servlet.asyncSupported", true);
        if (!target.isBlank()) {
            properties.put("osgi.http.whiteboard.target", target);
        }
        return properties;
    }

    @Modified
    synchronized void modified(PluginRouteSettings settings) {
        limits = limits(settings);
        grace = Duration.ofMillis(settings.grace_millis());
        clients = clients(settings);
        if (!settings.target().equals(carried.wanted)) {
            carried.close();
            carried = carried(settings.target());
        }
    }

    /** Takes no more requests, lets those at work end, and gives up on the rest. */
    @Deactivate
    synchronized void deactivate() throws InterruptedException {
        carried.close();
        workers.shutdown();
        if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            log.warn("requests to plugins did not end within {} s; they are given up", STOP_SECONDS);
        }
        routes.close();
        clock.shutdownNow();
        metrics.unregister();
        admissions.close();
        plugins.close();
        resolvers.close();
    }

    /** The servlet as HTTP services carry it, and where they do. */
    private final class Carried implements AutoCloseable {
        private final String wanted;
        private final ServiceRegistration<Servlet> registration;
        private final Endpoints endpoints;
        private @Nullable ServiceRegistration<PluginAddress> address;

        /** @param wanted what the operator asked for */
        Carried(String wanted, String target) throws InvalidSyntaxException {
            this.wanted = wanted;
            endpoints = new Endpoints(context, target, this::answersAt);
            registration = context.registerService(Servlet.class, servlet, properties(target));
            endpoints.open();
        }

        private synchronized void answersAt(List<URI> urls) {
            List<URI> routes =
                    urls.stream().map(url -> url.resolve(RequestTarget.PREFIX)).toList();
            ServiceRegistration<PluginAddress> before = address;
            address = routes.isEmpty() ? null : context.registerService(PluginAddress.class, () -> routes, null);
            if (before != null) {
                before.unregister();
            }
        }

        @Override
        public void close() {
            registration.unregister();
            endpoints.close();
            answersAt(List.of());
        }
    }

    private final class Plugins extends ServiceTracker<Plugin, Plugin> {
        Plugins(BundleContext context) {
            super(context, Plugin.class, null);
        }

        @Override
        public @Nullable Plugin addingService(ServiceReference<Plugin> reference) {
            Plugin plugin = context.getService(reference);
            if (plugin != null) {
                directory.add(plugin);
            }
            return plugin;
        }

        @Override
        public void removedService(ServiceReference<Plugin> reference, Plugin plugin) {
            directory.remove(plugin.id(), plugin);
            context.ungetService(reference);
        }
    }

    private final class Admissions extends ServiceTracker<RequestAdmission, RequestAdmission> {
        Admissions(BundleContext context) {
            super(context, RequestAdmission.class, null);
        }

        @Override
        public @Nullable RequestAdmission addingService(ServiceReference<RequestAdmission> reference) {
            RequestAdmission admission = context.getService(reference);
            if (admission != null) {
                directory.add(admission);
            }
            return admission;
        }

        @Override
        public void removedService(ServiceReference<RequestAdmission> reference, RequestAdmission admission) {
            directory.remove(admission);
            context.ungetService(reference);
        }
    }
}
