// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.Explanation;
import io.patchbay.admin.GrantRequest;
import io.patchbay.admin.InstallRequest;
import io.patchbay.admin.InvokeResult;
import io.patchbay.admin.LogAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.plugin.Identity;
import io.patchbay.plugin.Plugin;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.Progress;
import io.patchbay.provider.log.LogEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Constants;

/** The life of plugins as an operator's tool sees it, requests to them, and what they logged. */
final class PluginCommands {
    private static final String ACTOR = "probe";
    private static final String ID = "plugin";

    private final Services services;

    PluginCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.ofEntries(
                Map.entry("install", this::install),
                Map.entry("inspect", this::inspect),
                Map.entry("grant", arguments -> view(admin().grant(decision(arguments)))),
                Map.entry("revoke", arguments -> view(admin().revoke(decision(arguments)))),
                Map.entry("enable", arguments -> view(admin().enable(arguments.text(ID), ACTOR))),
                Map.entry("disable", arguments -> view(admin().disable(arguments.text(ID), ACTOR))),
                Map.entry("plugins", this::plugins),
                Map.entry("why", this::why),
                Map.entry("invoke", this::invoke),
                Map.entry("call", this::call),
                Map.entry("pluginService", this::service),
                Map.entry("log", this::log));
    }

    private PluginAdmin admin() throws InterruptedException {
        return services.await(PluginAdmin.class);
    }

    private Map<String, Object> install(Arguments arguments) throws Exception {
        Path source = Path.of(arguments.text("path"));
        return view(admin().install(new InstallRequest(source, arguments.flag("development"), ACTOR, Progress.NONE)));
    }

    private Map<String, Object> inspect(Arguments arguments) throws Exception {
        ArtifactInspection found = admin().inspect(Path.of(arguments.text("path")));
        return Map.of("plugin", found.descriptor().id(), "digest", found.digest(), "notes", found.notes());
    }

    private static GrantRequest decision(Arguments arguments) {
        return new GrantRequest(
                arguments.text(ID),
                arguments.flag("all"),
                Set.copyOf(arguments.texts("methods")),
                arguments.flag("whole"),
                ACTOR);
    }

    private Map<String, Object> plugins(Arguments arguments) throws Exception {
        Map<String, Object> plugins = new TreeMap<>();
        admin().plugins().forEach(view -> plugins.put(view.descriptor().id(), view(view)));
        return plugins;
    }

    private static Map<String, Object> view(PluginView view) {
        Map<String, Object> methods = new TreeMap<>();
        view.requested().forEach(method -> methods.put(method.name(), columns(method)));
        return Map.of(
                "state", view.state().name(),
                "version", view.descriptor().version(),
                "serving", view.servingVersion(),
                "digest", view.digest(),
                "methods", methods,
                "notes", view.notes());
    }

    /** The three columns of DESIGN 6 in one line. */
    private static String columns(RequestedMethod method) {
        return method.decision() + (method.provided() ? " PROVIDED" : " UNSATISFIED");
    }

    private Map<String, Object> why(Arguments arguments) throws Exception {
        return explanation(admin().why(arguments.text(ID), arguments.text("method")));
    }

    static Map<String, Object> explanation(Explanation found) {
        return Map.of("verdict", found.verdict(), "steps", found.steps());
    }

    private Map<String, Object> invoke(Arguments arguments) throws Exception {
        InvokeResult result = admin().invoke(arguments.text(ID), request(arguments));
        Map<String, Object> answer = response(result.response());
        answer.put("execution", result.executionId());
        answer.put("hostCalls", result.hostCalls());
        return answer;
    }

    /** The same through the plugin's own OSGi service, as another bundle would. */
    private Map<String, Object> call(Arguments arguments) throws Exception {
        String id = arguments.text(ID);
        Plugin plugin = services.all(Plugin.class).stream()
                .filter(candidate -> candidate.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no service of plugin " + id));
        return response(plugin.call(request(arguments)));
    }

    /** What the registry says of a plugin's service, and which object it is. */
    private Map<String, Object> service(Arguments arguments) throws Exception {
        String filter = "(" + Plugin.ID + "=" + arguments.text(ID) + ")";
        Map<String, Object> found = new HashMap<>(
                services.properties(Plugin.class, filter, Constants.SERVICE_ID, Plugin.VERSION, Plugin.DIGEST));
        found.put("object", System.identityHashCode(services.matching(Plugin.class, filter)));
        return found;
    }

    private static PluginRequest request(Arguments arguments) {
        PluginRequest.Builder request = PluginRequest.to(arguments.text("method", "GET"), arguments.text("path"));
        request.body(arguments.bytes("body"));
        arguments
                .map("headers")
                .ifPresent(headers ->
                        headers.forEach((name, value) -> request.header(String.valueOf(name), String.valueOf(value))));
        int tenant = arguments.number("tenant", -1);
        if (tenant >= 0) {
            request.identity(new Identity(
                    "token", 1, "ann", 1, List.of(), List.of(), true, 0, false, 0, tenant, 0, false, false));
        }
        int timeout = arguments.number("timeoutMillis", 0);
        if (timeout > 0) {
            request.timeout(Duration.ofMillis(timeout));
        }
        return request.build();
    }

    private static Map<String, Object> response(PluginResponse response) {
        Map<String, Object> answer = new HashMap<>();
        answer.put("status", response.httpStatus());
        answer.put("contentType", response.contentType());
        answer.put("headers", response.headers());
        answer.put("body", response.body());
        answer.put("text", new String(response.body(), StandardCharsets.UTF_8));
        return answer;
    }

    private Map<String, Object> log(Arguments arguments) throws Exception {
        List<LogEntry> entries = services.await(LogAdmin.class).recent(Optional.of(arguments.text(ID)));
        return Map.of("lines", entries.stream().map(PluginCommands::line).toList());
    }

    static String line(LogEntry entry) {
        return entry.level().word() + " " + entry.text();
    }
}
