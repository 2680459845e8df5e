// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.life;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.ReleaseGuest;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RuntimeCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Takes one plugin from release to release, and says in a {@link ServingOrder} which one may answer. Used by one thread. */
final class ReleaseOperator {
    static final String PLUGIN = "moving";

    private final EmbeddedNode node;
    private final Path folder;
    private final ServingOrder order = new ServingOrder(mark(0));
    private int newest;
    private long refused;
    private long changedByFailure;
    private long unlikeFailure;

    /** @param folder the node's own folder */
    ReleaseOperator(EmbeddedNode node, Path folder) {
        this.node = node;
        this.folder = folder;
    }

    private static String mark(int number) {
        return String.format(Locale.ROOT, "%0" + ReleaseGuest.MARK + "d", number);
    }

    private static String version(int number) {
        return "v1.0." + number;
    }

    private static GuestArtifact artifact(int number) {
        return new GuestArtifact(PLUGIN)
                .version(version(number))
                .requests(RuntimeCall.SERVICE, "state.get", "state.set")
                .route("GET", "/export", "ExportReq", "public");
    }

    private static byte[] module(String mark) {
        return ReleaseGuest.of(
                mark,
                RuntimeCall.set(ReleaseGuest.PLACE, mark).request(),
                RuntimeCall.get(ReleaseGuest.PLACE).request());
    }

    ServingOrder order() {
        return order;
    }

    /** Installs the first release, with all that it asks for. */
    void install() throws IOException {
        byte[] first = artifact(0).of(module(mark(0)));
        must("install", Map.of("path", file(first), "enable", true, "all", true));
    }

    /** Goes on to a release that was not there before. */
    void upgrade() throws IOException {
        newest++;
        String mark = mark(newest);
        change(mark, "upgrade", Map.of("path", file(artifact(newest).of(module(mark)))));
    }

    /** Goes back to the release before. */
    void rollBack() {
        int serving = Integer.parseInt(order.now());
        change(mark(serving - 1), "rollback", Map.of());
    }

    private void change(String mark, String request, Map<String, Object> more) {
        order.comes(mark);
        Map<String, Object> answer = ask(request, more);
        boolean isDone = version(Integer.parseInt(mark)).equals(answer.get("serving"));
        if (!isDone) {
            System.err.println(request + " to " + mark + ": " + answer);
            refused++;
            order.failed();
            return;
        }
        order.serves();
    }

    /** Tries an upgrade that has to fail, and looks whether anything was changed by it. */
    void fail(FailingUpgrade how) throws IOException, InterruptedException {
        // What it offers has a mark that no answer may have.
        byte[] offered = how.artifact(new FailingUpgrade.Offered(
                artifact(newest + 1),
                artifact(Integer.parseInt(order.now())),
                new GuestArtifact(PLUGIN).version("v0.9.0").route("GET", "/export", "ExportReq", "public"),
                module("fail")));
        String path = file(offered);
        String before = standing();
        Supplier<Map<String, Object>> upgrade = () -> ask("upgrade", Map.of("path", path));
        Map<String, Object> answer = how.needsBlockedRegistry()
                ? RegistryBlocker.during(folder, folder.resolve("data/registry.db"), upgrade)
                : upgrade.get();
        String after = standing();
        if (!answer.containsKey("error") || !answer.toString().contains(how.said())) {
            System.err.println(how.word() + ": " + answer);
            unlikeFailure++;
        }
        if (!after.equals(before)) {
            System.err.println(how.word() + ": was " + before + ", is " + after);
            changedByFailure++;
        }
    }

    /** All that an operator sees of the plugin, its service, and what is on disk. */
    private String standing() throws IOException {
        Map<String, Object> id = Map.of("plugin", PLUGIN);
        return node.must("plugins", Map.of()).get(PLUGIN) + " " + node.must("releases", id) + " " + service() + " "
                + archives();
    }

    /** The plugin's service: what it says of itself, its id, and which object it is. */
    Map<String, Object> service() {
        return node.must("pluginService", Map.of("plugin", PLUGIN));
    }

    private List<String> archives() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data/releases"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private Map<String, Object> must(String request, Map<String, Object> more) {
        Map<String, Object> answer = ask(request, more);
        if (answer.containsKey("error")) {
            throw new AssertionError(request + " was refused: " + answer);
        }
        return answer;
    }

    private Map<String, Object> ask(String request, Map<String, Object> more) {
        Map<String, Object> arguments = new HashMap<>(more);
        arguments.put("request", request);
        arguments.put("plugin", PLUGIN);
        return node.ask("change", arguments);
    }

    private String file(byte[] artifact) throws IOException {
        return Files.write(folder.resolve("offered.wasm"), artifact).toString();
    }

    /** Upgrades and rollbacks that had to succeed and did not. */
    long refused() {
        return refused;
    }

    /** Failed upgrades after which something was not as before. */
    long changedByFailure() {
        return changedByFailure;
    }

    /** Upgrades that had to fail and did not, or in another phase. */
    long unlikeFailure() {
        return unlikeFailure;
    }
}
