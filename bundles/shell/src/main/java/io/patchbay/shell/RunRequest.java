// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.RouteContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the request of {@code run} and {@code call} from their options. */
final class RunRequest {
    private RunRequest() {}

    /**
     * What was typed of a request.
     *
     * @param path empty for the only route
     * @param method empty for that of the route
     * @param headers each as NAME:VALUE
     * @param body empty for none
     * @param identity JSON, empty for nobody
     */
    @SuppressWarnings("ArrayRecordComponent") // nothing compares them
    record Typed(
            Optional<String> path,
            Optional<String> method,
            List<String> headers,
            Optional<byte[]> body,
            Optional<String> identity) {}

    static PluginRequest of(PluginDescriptor plugin, Arguments arguments, InputStream in) throws UsageException {
        Optional<String> body = arguments.value("--body");
        return of(
                plugin,
                new Typed(
                        arguments.value("--path"),
                        arguments.value("--method"),
                        arguments.values("--header"),
                        body.isPresent() ? Optional.of(read(body.get(), in)) : Optional.empty(),
                        arguments.value("--identity")));
    }

    static PluginRequest of(PluginDescriptor plugin, Typed typed) throws UsageException {
        String path = typed.path().map(RunRequest::absolute).orElse("");
        if (path.isEmpty()) {
            path = onlyRoute(plugin).path();
        }
        String method =
                typed.method().orElse(methodOf(plugin, path, typed.body().isPresent()));
        PluginRequest.Builder request = PluginRequest.to(method, path);
        for (String header : typed.headers()) {
            int colon = header.indexOf(':');
            if (colon <= 0) {
                throw new UsageException("--header takes NAME:VALUE, not '" + header + "'");
            }
            request.header(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        typed.body().ifPresent(request::body);
        if (typed.identity().isPresent()) {
            request.identity(IdentityJson.read(typed.identity().get()));
        }
        return request.build();
    }

    private static String absolute(String path) {
        return path.startsWith("/") ? path : "/" + path;
    }

    private static RouteContract onlyRoute(PluginDescriptor plugin) throws UsageException {
        List<RouteContract> routes = plugin.routes();
        if (routes.isEmpty()) {
            throw new UsageException(plugin.id() + " has no route, so there is nothing to call");
        }
        if (routes.size() > 1) {
            StringBuilder text = new StringBuilder(plugin.id() + " has several routes; name one with --path:");
            routes.forEach(route -> text.append(System.lineSeparator())
                    .append("  --path ")
                    .append(route.path())
                    .append("  (")
                    .append(route.method())
                    .append(')'));
            throw new UsageException(text.toString());
        }
        RouteContract only = routes.get(0);
        if (only.path().contains("{")) {
            throw new UsageException("The route " + only.path() + " has parameters; fill them in with --path");
        }
        return only;
    }

    private static String methodOf(PluginDescriptor plugin, String pathAndQuery, boolean hasBody) {
        String path = pathAndQuery.contains("?") ? pathAndQuery.substring(0, pathAndQuery.indexOf('?')) : pathAndQuery;
        List<RouteContract> routes = plugin.routes();
        return routes.stream()
                .filter(route -> routes.size() == 1 || route.path().equals(path))
                .map(RouteContract::method)
                .findFirst()
                .orElse(hasBody ? "POST" : "GET");
    }

    private static byte[] read(String body, InputStream in) throws UsageException {
        try {
            if (body.equals("-")) {
                return in.readAllBytes();
            }
            return body.startsWith("@")
                    ? Files.readAllBytes(Path.of(body.substring(1)))
                    : body.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UsageException("--body cannot be read from '" + body + "': " + e.getMessage());
        }
    }
}
