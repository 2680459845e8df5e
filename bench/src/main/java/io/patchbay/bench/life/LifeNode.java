// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.NodeProcess;
import io.patchbay.bench.node.ParentProcess;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.bench.node.ServerKind;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The process that is killed: a node with the shipped bundles, PostgreSQL as a second store, and some plugins. First it says
 * what it finds - {@code plugin ID STANDING NEWEST/SERVING/RELEASES DECISIONS EFFECTIVE STATE} for each, where effective is
 * what the guest itself reaches and state is {@code OWNER=VALUE}; {@code audit N} for the changes in the audit trail; {@code
 * stray N} for archives that belong to no release; {@code unfinished ID} for a move that was interrupted - then it
 * does what the parent says, a {@link Deed} a line, and says {@code done} or {@code failed TEXT}.
 */
public final class LifeNode {
    static final List<String> PLUGINS = List.of("alpha", "beta", "gamma", "delta", "epsilon");

    private static final String KEY = "counter";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int DENIED = 1;

    private final EmbeddedNode node;
    private final ParentProcess parent;
    private final Path folder;

    private LifeNode(EmbeddedNode node, ParentProcess parent, Path folder) {
        this.node = node;
        this.parent = parent;
        this.folder = folder;
    }

    /**
     * Runs the node.
     *
     * @param args folder, address of PostgreSQL
     */
    public static void main(String[] args) {
        ParentProcess.serve(parent -> run(parent, args));
    }

    private static void run(ParentProcess parent, String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        EmbeddedNode node = EmbeddedNode.start(
                folder,
                new EmbeddedNode.Setup(
                        Map.of(
                                "io.patchbay.bay",
                                Map.of("grace.millis", 10_000L),
                                ServerKind.POSTGRES.pid(),
                                ServerKind.POSTGRES.settings(args[1])),
                        Set.of(),
                        ServerKind.bundles()));
        LifeNode life = new LifeNode(node, parent, folder);
        life.awaitStores();
        life.tell();
        life.obey();
    }

    /** Waits until every store can be looked into, and each plugin is served by one. */
    private void awaitStores() {
        Eventually.holds(Duration.ofMinutes(2), () -> {
            Map<String, Object> providers = node.must("providers", Map.of());
            return Stream.of(PluginModel.SQLITE, ServerKind.POSTGRES.provider())
                            .allMatch(provider -> String.valueOf(providers.get("state=" + provider))
                                    .startsWith("READY"))
                    && PLUGINS.stream().noneMatch(id -> serving(id).isEmpty());
        });
    }

    private void tell() throws Exception {
        Map<String, Object> plugins = node.must("plugins", Map.of());
        long releases = 0;
        for (String id : PLUGINS) {
            List<String> archived = plugins.containsKey(id) ? releases(id) : List.of();
            releases += archived.size();
            parent.say("plugin " + found(id, plugins.get(id), archived));
        }
        parent.say("stray " + (archives() - releases));
        parent.say("audit " + audited());
        Map<String, Object> move = node.must("move", Map.of());
        if ("interrupted".equals(move.get("phase"))) {
            parent.say("unfinished " + move.get("id"));
        }
        parent.say(NodeProcess.READY);
    }

    private String found(String id, @Nullable Object view, List<String> releases) throws IOException {
        if (view == null) {
            // A purge that was decided goes on by itself; until it is done no plugin of this id is installed.
            Map<String, Object> rehearsal = change(Deed.of(Deed.Kind.INSTALL, id), "dryRun", true);
            rehearsal.put("path", artifact(new Deed(Deed.Kind.INSTALL, id, 1, List.of())));
            patiently(rehearsal);
            return id + " gone - - - " + state(id);
        }
        String state = state(id);
        Map<?, ?> plugin = (Map<?, ?>) view;
        Map<String, String> decisions = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(plugin.get("methods")))
                .forEach((name, columns) -> decisions.put(
                        String.valueOf(name).replaceFirst("^runtime\\.", ""),
                        String.valueOf(columns).split(" ")[0].toLowerCase(Locale.ROOT)));
        String standing = String.valueOf(plugin.get("state")).toLowerCase(Locale.ROOT);
        String newest = String.valueOf(Versions.number(String.valueOf(plugin.get("version"))));
        String serving = String.valueOf(Versions.number(String.valueOf(plugin.get("serving"))));
        return id + " " + standing + " " + newest + "/" + serving + "/"
                + releases.stream()
                        .sorted(Comparator.comparing(Integer::valueOf))
                        .collect(Collectors.joining(","))
                + " "
                + decisions.entrySet().stream()
                        .map(decision -> decision.getKey() + "=" + decision.getValue())
                        .collect(Collectors.joining(","))
                + " " + (standing.equals("enabled") ? PluginModel.list(reached(id)) : "-") + " " + state;
    }

    /** The methods that the guest itself reaches. */
    private Set<String> reached(String id) {
        RelayPlugin plugin = RelayPlugin.of(node, id);
        Set<String> reached = new TreeSet<>();
        for (String method : List.of("info.node", "info.now", "info.uuid", "log.write", "state.get", "state.set")) {
            RuntimeCall call = method.equals("state.set") ? RuntimeCall.set("other", "x") : RuntimeCall.valid(method);
            // Nothing is written where nobody owns anything yet: that would make an owner.
            if (method.equals("state.set") && !owns(id)) {
                call = RuntimeCall.set("", "refused for its key");
            }
            if (plugin.call(call).status() != DENIED) {
                reached.add(method);
            }
        }
        return reached;
    }

    private boolean owns(String id) {
        return !owner(id).isEmpty();
    }

    /** The provider in whose store the plugin's data lies; empty when no store has anything of it. */
    private String owner(String id) {
        String serving = serving(id);
        return stored(id, serving).isEmpty() ? "" : serving;
    }

    private String serving(String id) {
        return String.valueOf(node.must("bindings", Map.of("plugin", id)).get("state"));
    }

    private Map<String, Object> stored(String id, String provider) {
        return node.must("state", Map.of("plugin", id, "provider", provider));
    }

    private String state(String id) {
        String owner = owner(id);
        return owner.isEmpty() ? "-" : owner + "=" + stored(id, owner).getOrDefault(KEY, "-");
    }

    private List<String> releases(String id) {
        List<String> numbers = new ArrayList<>();
        for (String line : lines("releases", Map.of("plugin", id))) {
            numbers.add(String.valueOf(Versions.number(line.split(" ")[0])));
        }
        return numbers;
    }

    private List<String> lines(String command, Map<String, ?> arguments) {
        List<?> lines = (List<?>) node.must(command, arguments).getOrDefault("lines", List.of());
        return lines.stream().map(String::valueOf).toList();
    }

    private long archives() throws IOException {
        Path releases = folder.resolve("data/releases");
        if (!Files.isDirectory(releases)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(releases)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /** Changes by the parent's deeds; how a purge ends is a line of its own, at a time of its own. */
    private long audited() {
        return lines("audit", Map.of("limit", 10_000)).stream()
                .filter(line -> line.endsWith(" DONE") && !line.contains(" purge "))
                .count();
    }

    private void obey() throws IOException {
        for (Optional<String> line = parent.hear(); line.isPresent(); line = parent.hear()) {
            Map<String, Object> answer = line.get().startsWith("resume ")
                    ? node.ask(
                            "resumeMove",
                            Map.of("id", Integer.parseInt(line.get().split(" ")[1])))
                    : carryOut(Deed.parse(line.get()));
            parent.say(
                    answer.containsKey("error") ? "failed " + answer.toString().replaceAll("[^ -~]", "?") : "done");
        }
    }

    private Map<String, Object> carryOut(Deed deed) throws IOException {
        return switch (deed.kind()) {
            case INSTALL -> patiently(change(deed, "path", artifact(deed), "enable", true));
            case UPGRADE -> node.ask("change", change(deed, "path", artifact(deed), "all", true));
            case GRANT -> node.ask("change", change(deed, "methods", qualified(deed), "whole", true));
            case REVOKE -> node.ask("change", change(deed, "methods", qualified(deed)));
            case ENABLE, DISABLE, ROLLBACK, UNINSTALL -> node.ask("change", change(deed));
            case PURGE -> patiently(change(Deed.of(Deed.Kind.UNINSTALL, deed.plugin()), "purge", true));
            case COPY ->
                node.ask(
                        "bindLasting",
                        Map.of(
                                "kind",
                                "state",
                                "provider",
                                deed.methods().get(0),
                                "plugin",
                                deed.plugin(),
                                "mode",
                                "COPY",
                                "overwrite",
                                true));
            case WRITE -> write(deed);
        };
    }

    private static Map<String, Object> change(Deed deed, Object... more) {
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("request", deed.kind().word());
        arguments.put("plugin", deed.plugin());
        for (int i = 0; i < more.length; i += 2) {
            arguments.put((String) more[i], more[i + 1]);
        }
        return arguments;
    }

    /** While an earlier purge is being finished, and while a store is just starting, an operator would try again. */
    private Map<String, Object> patiently(Map<String, Object> arguments) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Map<String, Object> answer = node.ask("change", arguments);
            if (!"UNAVAILABLE".equals(answer.get("problem")) || System.nanoTime() - end > 0) {
                return answer;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static List<String> qualified(Deed deed) {
        return deed.methods().stream()
                .map(method -> RuntimeCall.SERVICE + "." + method)
                .toList();
    }

    private String artifact(Deed deed) throws IOException {
        byte[] artifact = new GuestArtifact(deed.plugin())
                .version(Versions.name(deed.version()))
                .requests(RuntimeCall.SERVICE, Versions.requests(deed.version()).toArray(String[]::new))
                .route("POST", "/relay", "Relay", "public")
                .of(Guests.relayFromBody());
        return Files.write(folder.resolve(deed.plugin() + ".wasm"), artifact).toString();
    }

    /** The plugin counts on. */
    private Map<String, Object> write(Deed deed) {
        RelayPlugin plugin = RelayPlugin.of(node, deed.plugin());
        int status = plugin.call(RuntimeCall.set(KEY, String.valueOf(deed.version())))
                .status();
        return status == 0 ? Map.of() : Map.of("error", "status " + status);
    }
}
