// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import io.patchbay.admin.AdminAddress;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.VerbDesk;
import io.patchbay.provider.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Hashtable;
import java.util.Optional;
import javax.servlet.Servlet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Puts the resource of the verbs on the HTTP Whiteboard, and says in the data folder where it answers.
 *
 * <p>There is a {@link DataFolder} exactly while this node holds the folder's lock, so nothing is written there that belongs
 * to another node.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "io.patchbay.http")
@Designate(ocd = AdminSettings.class)
public final class AdminComponent {
    private static final String PATH = "/patchbay/v1";
    private static final String TOKEN_PROPERTY = "patchbay.admin.token";
    private static final String CREATE = "create";
    private static final String TOKEN_FILE = "admin.token";
    private static final String ENDPOINT = "osgi.http.endpoint";

    private final BundleContext context;
    private final Logger log;
    private @Nullable ServiceRegistration<?> servlet;
    private @Nullable Published published;

    /** Made by declarative services. */
    @Activate
    public AdminComponent(
            BundleContext context,
            AdminSettings settings,
            @Reference VerbDesk desk,
            @Reference NodeAdmin node,
            @Reference DataFolder folder,
            @Reference LoggerFactory loggers)
            throws AdminException, IOException {
        this.context = context;
        this.log = loggers.getLogger(AdminComponent.class);
        String token = settings.admin_token();
        boolean create = token.isEmpty() && CREATE.equals(context.getProperty(TOKEN_PROPERTY));
        if (token.isEmpty() && !create) {
            return;
        }
        if (create) {
            token = AdminToken.random();
        }
        AdminResource resource = new AdminResource(
                desk,
                new AdminToken(token),
                new FailureLimit(System::nanoTime),
                (what, failure) -> log.error("verb {} failed", what, failure));
        servlet =
                context.registerService(Servlet.class, new AdminServlet(resource), properties(settings.admin_target()));
        if (!folder.readOnly()) {
            Path data = node.open();
            PrivateFile file = new PrivateFile(data.resolve(TOKEN_FILE));
            file.write(token + "\n");
            Published publishing = new Published(context, file, new NodeFile(data, file.path()));
            published = publishing;
            publishing.open();
        }
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
    }

    /** What is said of the resource while an HTTP service carries it. */
    private final class Published extends ServiceTracker<Object, URI> {
        private final PrivateFile token;
        private final NodeFile file;
        private @Nullable ServiceRegistration<?> address;

        Published(BundleContext context, PrivateFile token, NodeFile file) {
            super(context, filter(), null);
            this.token = token;
            this.file = file;
        }

        private static Filter filter() {
            try {
                return FrameworkUtil.createFilter("(" + ENDPOINT + "=*)");
            } catch (InvalidSyntaxException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public @Nullable URI addingService(ServiceReference<Object> reference) {
            Optional<URI> url = url(reference.getProperty(ENDPOINT));
            url.ifPresent(this::publish);
            return url.orElse(null);
        }

        @Override
        public void modifiedService(ServiceReference<Object> reference, URI before) {
            url(reference.getProperty(ENDPOINT)).ifPresent(this::publish);
        }

        private synchronized void publish(URI url) {
            try {
                file.write(url);
            } catch (IOException e) {
                log.error("the command line will not find this node: node.json cannot be written", e);
                return;
            }
            withdraw();
            address = AdminComponent.this.context.registerService(
                    AdminAddress.class, new Address(url, token.path()), null);
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

    private static Optional<URI> url(@Nullable Object endpoint) {
        if (endpoint instanceof String[] several && several.length > 0) {
            return url(several[0]);
        }
        if (endpoint instanceof Collection<?> several && !several.isEmpty()) {
            return url(several.iterator().next());
        }
        return endpoint instanceof String one && one.startsWith("http:")
                ? Optional.of(URI.create(one).resolve(PATH))
                : Optional.empty();
    }

    private record Address(URI url, Path tokenFile) implements AdminAddress {}
}
