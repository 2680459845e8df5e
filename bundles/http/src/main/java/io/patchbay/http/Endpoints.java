// SPDX-License-Identifier: Apache-2.0
package io.patchbay.http;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The addresses of the HTTP services that a target filter names, as they come and go: what the HTTP Whiteboard's runtime
 * services say of themselves. The listener is told one state after another.
 */
public final class Endpoints implements AutoCloseable {
    private static final String ENDPOINT = "osgi.http.endpoint";
    private static final Map<String, String> LOOPBACKS =
            Map.of("0.0.0.0", "127.0.0.1", "[::]", "[::1]", "[0:0:0:0:0:0:0:0]", "[::1]");

    private final Consumer<List<URI>> listener;
    private final Map<ServiceReference<Object>, List<URI>> known = new TreeMap<>();
    private final Tracker tracker;

    /**
     * Listens from {@link #open()} on.
     *
     * @param context to look for services with, not null
     * @param target a filter over the properties of the runtime services; empty for all, not null
     * @param listener hears all addresses at each change, not null
     * @throws InvalidSyntaxException when the target is no filter
     */
    public Endpoints(BundleContext context, String target, Consumer<List<URI>> listener) throws InvalidSyntaxException {
        this.listener = listener;
        Filter filter = FrameworkUtil.createFilter(
                target.isBlank() ? "(" + ENDPOINT + "=*)" : "(&(" + ENDPOINT + "=*)" + target + ")");
        this.tracker = new Tracker(context, filter);
    }

    /** Begins to listen; what is there already is told before this returns. */
    public void open() {
        tracker.open();
    }

    /** Ends it; nothing is told any more. */
    @Override
    public void close() {
        tracker.close();
    }

    private synchronized void arrived(ServiceReference<Object> reference) {
        known.put(reference, urls(reference.getProperty(ENDPOINT)));
        tell();
    }

    private synchronized void left(ServiceReference<Object> reference) {
        known.remove(reference);
        tell();
    }

    private void tell() {
        listener.accept(known.values().stream().flatMap(List::stream).distinct().toList());
    }

    private static List<URI> urls(@Nullable Object endpoint) {
        if (endpoint instanceof String[] several) {
            return Arrays.stream(several).flatMap(Endpoints::url).toList();
        }
        if (endpoint instanceof Collection<?> several) {
            return several.stream().map(String::valueOf).flatMap(Endpoints::url).toList();
        }
        return endpoint instanceof String one ? url(one).toList() : List.of();
    }

    /** A container may also say only a path, which is no address. */
    private static Stream<URI> url(String text) {
        return text.startsWith("http:") || text.startsWith("https:")
                ? Stream.of(reachable(URI.create(text)))
                : Stream.of();
    }

    /** A service that listens on every address says so (Karaf's does); that is none to connect to, loopback is. */
    static URI reachable(URI url) {
        String loopback = LOOPBACKS.get(String.valueOf(url.getHost()));
        if (loopback == null) {
            return url;
        }
        return URI.create(
                url.getScheme() + "://" + loopback + (url.getPort() < 0 ? "" : ":" + url.getPort()) + url.getRawPath());
    }

    private final class Tracker extends ServiceTracker<Object, Object> {
        Tracker(BundleContext context, Filter filter) {
            super(context, filter, null);
        }

        @Override
        public Object addingService(ServiceReference<Object> reference) {
            arrived(reference);
            return reference;
        }

        @Override
        public void modifiedService(ServiceReference<Object> reference, Object same) {
            arrived(reference);
        }

        @Override
        public void removedService(ServiceReference<Object> reference, Object same) {
            left(reference);
        }
    }
}
