// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.Metric;
import io.patchbay.admin.MetricSource;
import io.patchbay.plugin.Credentials;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.IdentityResolver;
import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** What an integrator puts beside the plugins for HTTP, and the figures of every bundle. */
final class HttpCommands implements AutoCloseable {
    private final BundleContext context;
    private final Services services;
    private final List<ServiceRegistration<Plugin>> bare = new CopyOnWriteArrayList<>();
    private Optional<ServiceRegistration<IdentityResolver>> resolver = Optional.empty();

    HttpCommands(BundleContext context, Services services) {
        this.context = context;
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of(
                "resolve", this::resolve,
                "resolveNot", this::resolveNot,
                "serveBare", this::serveBare,
                "metrics", this::metrics);
    }

    /**
     * From now on the tokens of test users are known: {@code user-N} of tenant 7, {@code reader} with the permission that is
     * given, {@code root} who may everything, {@code old} whose session has expired, {@code bug} that breaks the resolver.
     */
    private Map<String, Object> resolve(Arguments arguments) {
        withdraw();
        String permission = arguments.text("permission", "");
        resolver = Optional.of(context.registerService(
                IdentityResolver.class, credentials -> resolution(credentials, permission), null));
        return Map.of();
    }

    private Map<String, Object> resolveNot(Arguments arguments) {
        withdraw();
        return Map.of();
    }

    private static IdentityResolver.Resolution resolution(Credentials credentials, String permission) {
        if (credentials.header("authorization").isEmpty()
                && !credentials.cookies().containsKey("session")) {
            return IdentityResolver.Resolution.refused(IdentityResolver.Refusal.MISSING_AUTHORIZATION);
        }
        Optional<String> token = credentials
                .bearerToken()
                .or(() -> Optional.ofNullable(credentials.cookies().get("session")));
        if (token.isEmpty()) {
            return IdentityResolver.Resolution.refused(IdentityResolver.Refusal.INVALID_BEARER_TOKEN);
        }
        return switch (token.get()) {
            case "old" -> IdentityResolver.Resolution.refused(IdentityResolver.Refusal.SESSION_EXPIRED);
            case "bug" -> throw new IllegalStateException("/etc/passwd is not readable");
            case "root" -> known("root", true, List.of());
            case "reader" -> known("reader", false, List.of(permission));
            case "user" -> known("ann", false, List.of());
            default -> IdentityResolver.Resolution.refused(IdentityResolver.Refusal.INVALID_TOKEN);
        };
    }

    private static IdentityResolver.Resolution known(String name, boolean isRoot, List<String> permissions) {
        return IdentityResolver.Resolution.known(new Identity(
                "token-1", 4, name, 1, permissions, List.of("staff"), isRoot, 2, false, 0, 7, 5, true, false));
    }

    /** Registers a plugin that is none: no guest, no engine, always 200 with the given body. */
    private Map<String, Object> serveBare(Arguments arguments) {
        String id = arguments.text("plugin");
        PluginResponse response =
                new PluginResponse(200, "text/plain", Map.of(), arguments.bytes("body"), Optional.empty());
        bare.add(context.registerService(
                Plugin.class,
                new Plugin() {
                    @Override
                    public String id() {
                        return id;
                    }

                    @Override
                    public PluginResponse call(PluginRequest request) {
                        return response;
                    }
                },
                null));
        return Map.of();
    }

    private Map<String, Object> metrics(Arguments arguments) {
        Map<String, Object> values = new TreeMap<>();
        for (MetricSource source : services.all(MetricSource.class)) {
            for (Metric metric : source.metrics()) {
                values.merge(
                        metric.name() + (metric.labels().isEmpty() ? "" : metric.labels()),
                        metric.value(),
                        (first, second) -> (Double) first + (Double) second);
            }
        }
        return values;
    }

    private void withdraw() {
        resolver.ifPresent(ServiceRegistration::unregister);
        resolver = Optional.empty();
    }

    @Override
    public void close() {
        withdraw();
        bare.forEach(ServiceRegistration::unregister);
        bare.clear();
    }
}
