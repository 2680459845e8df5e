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

/** Makes the request of {@code patchbay run} from its options. */
final class RunRequest {
    private RunRequest() {}

    static PluginRequest of(PluginDescriptor plugin, Arguments arguments, InputStream in) throws UsageException {
        String path = arguments.value("--path").map(RunRequest::absolute).orElse("");
        if (path.isEmpty()) {
            path = onlyRoute(plugin).path();
        }
        Optional<String> body = arguments.value("--body");
        String method = arguments.value("--method").orElse(methodOf(plugin, path, body.isPresent()));
        PluginRequest.Builder request = PluginRequest.to(method, path);
        for (String header : arguments.values("--header")) {
            int colon = header.indexOf(':');
            if (colon <= 0) {
                throw new UsageException("--header takes NAME:VALUE, not '" + header + "'");
            }
            request.header(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        if (body.isPresent()) {
            request.body(read(body.get(), in));
        }
        Optional<String> identity = arguments.value("--identity");
        if (identity.isPresent()) {
            request.identity(IdentityJson.read(identity.get()));
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
