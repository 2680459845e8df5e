// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests.probe;

import io.patchbay.admin.ArrivalAdmin;
import io.patchbay.admin.AuditAdmin;
import io.patchbay.admin.AuditEntry;
import io.patchbay.admin.AuditQuery;
import io.patchbay.admin.BackupAdmin;
import io.patchbay.admin.BackupRequest;
import io.patchbay.admin.BackupView;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.InstallMode;
import io.patchbay.admin.LifecycleRequest;
import io.patchbay.admin.LifecycleRequest.Grants;
import io.patchbay.admin.LifecycleResult;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.ReleaseView;
import io.patchbay.admin.RestoreRequest;
import io.patchbay.port.Progress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes in the life of plugins, the audit trail, backup and restore. */
final class LifeCommands {
    private static final String ACTOR = "probe";
    private static final String ID = "plugin";

    private final Services services;

    LifeCommands(Services services) {
        this.services = services;
    }

    Map<String, Command> commands() {
        return Map.of(
                "change", this::change,
                "releases", this::releases,
                "audit", this::audit,
                "life", this::life,
                "arrivals", this::arrivals,
                "backup", this::backup,
                "restore", this::restore);
    }

    /** Carries a {@link LifecycleRequest} out, or with {@code dryRun} says what it would do. */
    private Map<String, Object> change(Arguments arguments) throws Exception {
        ChangeContext context = ChangeContext.by(ACTOR);
        LifecycleResult result = services.await(PluginAdmin.class)
                .change(request(arguments), arguments.flag("dryRun") ? context.dry() : context);
        return Map.of(
                "lines",
                result.steps(),
                "notes",
                result.notes(),
                "serving",
                result.plugin().map(plugin -> plugin.servingVersion()).orElse(""));
    }

    private static LifecycleRequest request(Arguments arguments) {
        String id = arguments.text(ID, "");
        return switch (arguments.text("request")) {
            case "install" ->
                new LifecycleRequest.Install(
                        Path.of(arguments.text("path")),
                        arguments.flag("development"),
                        arguments.flag("enable"),
                        grants(arguments));
            case "upgrade" ->
                new LifecycleRequest.Upgrade(
                        id,
                        Optional.of(arguments.text("path", ""))
                                .filter(path -> !path.isEmpty())
                                .map(Path::of),
                        grants(arguments));
            case "rollback" -> new LifecycleRequest.Rollback(id, arguments.text("digest", ""));
            case "enable" -> new LifecycleRequest.Enable(id);
            case "disable" -> new LifecycleRequest.Disable(id, arguments.flag("force"));
            case "uninstall" -> new LifecycleRequest.Uninstall(id, arguments.flag("purge"), arguments.flag("force"));
            case "tenant" ->
                new LifecycleRequest.SwitchTenant(id, arguments.number("tenant", 0), arguments.flag("enable"));
            case "delete-tenant" -> new LifecycleRequest.DeleteTenant(arguments.number("tenant", 0));
            case "mode" ->
                new LifecycleRequest.ChangeInstallMode(
                        id, InstallMode.valueOf(arguments.text("mode").toUpperCase(Locale.ROOT)));
            case "grant" -> new LifecycleRequest.Grant(id, grants(arguments).orElseThrow(), arguments.flag("whole"));
            case "revoke" -> new LifecycleRequest.Revoke(id, grants(arguments).orElseThrow());
            default -> throw new IllegalArgumentException(arguments.text("request"));
        };
    }

    private static Optional<Grants> grants(Arguments arguments) {
        if (arguments.flag("all")) {
            return Optional.of(Grants.ALL);
        }
        return arguments.values().containsKey("methods")
                ? Optional.of(new Grants(false, Set.copyOf(arguments.texts("methods"))))
                : Optional.empty();
    }

    private Map<String, Object> releases(Arguments arguments) throws Exception {
        List<String> lines = services.await(PluginAdmin.class).releases(arguments.text(ID)).stream()
                .map(LifeCommands::line)
                .toList();
        return Map.of("lines", lines);
    }

    /** Where a plugin is in its life; without one, {@code state} is {@code GONE}. */
    private Map<String, Object> life(Arguments arguments) throws Exception {
        return services.await(PluginAdmin.class)
                .plugin(arguments.text(ID))
                .<Map<String, Object>>map(plugin -> Map.of(
                        "state",
                        plugin.state().name(),
                        "serving",
                        plugin.servingVersion(),
                        "wayIn",
                        plugin.wayIn(),
                        "suspended",
                        plugin.suspendedWhy()))
                .orElse(Map.of("state", "GONE"));
    }

    /** What was brought, by its name: what is wrong with it. */
    private Map<String, Object> arrivals(Arguments arguments) throws Exception {
        Map<String, Object> troubles = new HashMap<>();
        services.await(ArrivalAdmin.class).arrivals().forEach(view -> troubles.put(view.source(), view.trouble()));
        return troubles;
    }

    private static String line(ReleaseView release) {
        return release.version() + " " + release.standing();
    }

    private Map<String, Object> audit(Arguments arguments) throws Exception {
        List<String> lines =
                services
                        .await(AuditAdmin.class)
                        .entries(AuditQuery.last(arguments.number("limit", AuditQuery.MOST)))
                        .stream()
                        .map(LifeCommands::line)
                        .toList();
        return Map.of("lines", lines);
    }

    private static String line(AuditEntry entry) {
        return entry.sequence() + " " + entry.action() + " " + entry.pluginId() + " " + entry.outcome();
    }

    private Map<String, Object> backup(Arguments arguments) throws Exception {
        return view(services.await(BackupAdmin.class)
                .backup(new BackupRequest(
                        Path.of(arguments.text("path")), arguments.flag("dryRun"), ACTOR, Progress.NONE)));
    }

    private Map<String, Object> restore(Arguments arguments) throws Exception {
        return view(services.await(BackupAdmin.class)
                .restore(new RestoreRequest(
                        Path.of(arguments.text("path")),
                        arguments.flag("replace"),
                        arguments.flag("dryRun"),
                        ACTOR,
                        Progress.NONE)));
    }

    private static Map<String, Object> view(BackupView view) {
        Map<String, Object> values = new HashMap<>();
        values.put("lines", view.plugins());
        values.put("notes", view.notes());
        values.put("items", view.items());
        return values;
    }
}
