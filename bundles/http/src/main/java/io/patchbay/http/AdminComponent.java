// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import io.patchbay.admin.AdminAddress;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAddress;
import io.patchbay.admin.VerbDesk;
import io.patchbay.provider.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.servlet.Servlet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Puts the administration on the HTTP Whiteboard, and says in the data folder where it answers.
 *
 * <p>There is a {@link DataFolder} exactly while this node holds the folder's lock, so nothing is written there that belongs
 * to another node. Without one the resource answers all the same where a token is configured: {@code doctor} and the health
 * of the node are asked for then.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.patchbay.http")
@Designate(ocd = AdminSettings.class)
public final class AdminComponent {
    private static final String BUNDLE = "io.patchbay.http";
    private static final String PATH = "/patchbay/v1";
    private static final String TOKEN_PROPERTY = "patchbay.admin.token";
    private static final String TARGET_PROPERTY = "patchbay.admin.target";
    private static final String CREATE = "create";
    private static final String TOKEN_FILE = "admin.token";

    private final BundleContext context;
    private final Logger log;
    private final ServiceTracker<MetricSource, MetricSource> metrics;
    private final Readiness readiness;
    private @Nullable ServiceRegistration<?> servlet;
    private @Nullable Published published;

    /** Made by declarative services. */
    @Activate
    public AdminComponent(
            BundleContext context,
            AdminSettings settings,
            @Reference VerbDesk desk,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    NodeAdmin node,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    @Nullable
                    DataFolder folder,
            @Reference LoggerFactory loggers)
            throws AdminException, IOException {
        this.context = context;
        this.log = loggers.getLogger(AdminComponent.class);
        metrics = new ServiceTracker<>(context, MetricSource.class, null);
        metrics.open();
        readiness = new Readiness(context);
        String token = settings.admin_token();
        boolean create = folder != null && CREATE.equals(context.getProperty(TOKEN_PROPERTY));
        if (token.isEmpty() && !create) {
            return;
        }
        if (token.isEmpty()) {
            token = AdminToken.random();
        }
        String target = settings.admin_target().isBlank()
                ? Objects.requireNonNullElse(context.getProperty(TARGET_PROPERTY), "")
                : settings.admin_target();
        if (!isFilter(target)) {
            log.error("io.patchbay.http, admin.target: '{}' is no filter; the resource is off", target);
            return;
        }
        AdminResource resource = new AdminResource(
                desk,
                pages(desk),
                folder == null || folder.readOnly()
                        ? Optional.empty()
                        : Optional.of(new AdminUploads(folder.folder(BUNDLE))),
                new AdminToken(token),
                new FailureLimit(System::nanoTime),
                settings.admin_remote(),
                (what, failure) -> log.error("{} failed", what, failure));
        servlet = context.registerService(Servlet.class, new AdminServlet(resource), properties(target));
        if (node != null && folder != null && !folder.readOnly()) {
            Path data = node.open();
            PrivateFile file = new PrivateFile(data.resolve(TOKEN_FILE));
            file.write(token + "\n");
            Published publishing = new Published(target, file, new NodeFile(data, file.path()));
            published = publishing;
            publishing.open();
        }
    }

    private static boolean isFilter(String target) {
        try {
            return target.isEmpty() || FrameworkUtil.createFilter(target) != null;
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    private AdminResource.Pages pages(VerbDesk desk) {
        String version = context.getBundle().getVersion().toString();
        return new AdminResource.Pages(
                Map.of("health/live", HealthPage.live(), "health/ready", HealthPage.ready(readiness::missing)),
                Map.of(
                        "metrics",
                        new MetricsPage(this::figures),
                        "openapi.json",
                        new OpenApiPage(desk::verbs, version)));
    }

    private List<Metric> figures() {
        List<Metric> all = new ArrayList<>();
        double failed = 0;
        for (MetricSource source : metrics.getTracked().values()) {
            try {
                all.addAll(source.metrics());
            } catch (RuntimeException e) {
                failed++;
                log.warn("figures of {} are missing", source.getClass().getName(), e);
            }
        }
        all.add(new Metric(
                "patchbay_metric_sources_failed", "Bundles whose figures are missing here.", Map.of(), failed));
        return all;
    }

    private static Hashtable<String, Object> properties(String target) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("osgi.http.whiteboard.servlet.pattern", PATH + "/*");
        properties.put("osgi.http.whiteboard.servlet.name", "patchbay.admin");
        if (!target.isEmpty()) {
            properties.put("osgi.http.whiteboard.target", target);
        }
        return properties;
    }

    @Deactivate
    void deactivate() {
        Published open = published;
        if (open != null) {
            open.close();
        }
        ServiceRegistration<?> registered = servlet;
        if (registered != null) {
            registered.unregister();
        }
        readiness.close();
        metrics.close();
    }

    /** What is said of the resource while an HTTP service carries it: by itself, and where plugins answer. */
    private final class Published extends ServiceTracker<PluginAddress, PluginAddress> {
        private final PrivateFile token;
        private final NodeFile file;
        private final Endpoints endpoints;
        private Optional<URI> url = Optional.empty();
        private List<URI> plugins = List.of();
        private @Nullable ServiceRegistration<?> address;

        Published(String target, PrivateFile token, NodeFile file) {
            super(AdminComponent.this.context, PluginAddress.class, null);
            this.token = token;
            this.file = file;
            this.endpoints = endpoints(target);
        }

        private Endpoints endpoints(String target) {
            try {
                return new Endpoints(AdminComponent.this.context, target, this::answersAt);
            } catch (InvalidSyntaxException e) {
                throw new IllegalArgumentException(target, e); // checked before
            }
        }

        @Override
        public void open(boolean trackAllServices) {
            super.open(trackAllServices);
            endpoints.open();
        }

        private synchronized void answersAt(List<URI> all) {
            url = all.stream()
                    .filter(endpoint -> "http".equals(endpoint.getScheme()))
                    .findFirst()
                    .map(endpoint -> endpoint.resolve(PATH));
            publish();
        }

        @Override
        public @Nullable PluginAddress addingService(ServiceReference<PluginAddress> reference) {
            PluginAddress added = super.addingService(reference);
            if (added != null) {
                pluginsAnswerAt(added.urls());
            }
            return added;
        }

        @Override
        public void removedService(ServiceReference<PluginAddress> reference, PluginAddress removed) {
            // A new address comes before the old one goes.
            pluginsAnswerAt(getTracked().values().stream()
                    .flatMap(address -> address.urls().stream())
                    .toList());
            super.removedService(reference, removed);
        }

        private synchronized void pluginsAnswerAt(List<URI> urls) {
            plugins = urls;
            publish();
        }

        private void publish() {
            withdraw();
            if (url.isEmpty()) {
                return;
            }
            try {
                file.write(url.get(), plugins);
            } catch (IOException e) {
                log.error("the command line will not find this node: node.json cannot be written", e);
                return;
            }
            address = AdminComponent.this.context.registerService(
                    AdminAddress.class, new Address(url.get(), token.path()), null);
        }

        private void withdraw() {
            ServiceRegistration<?> before = address;
            address = null;
            if (before != null) {
                before.unregister();
            }
        }

        @Override
        public void close() {
            endpoints.close();
            super.close();
            synchronized (this) {
                withdraw();
                try {
                    file.delete();
                    token.delete();
                } catch (IOException e) {
                    log.warn("node.json stays although the node ends", e);
                }
            }
        }
    }

    private record Address(URI url, Path tokenFile) implements AdminAddress {}
}
