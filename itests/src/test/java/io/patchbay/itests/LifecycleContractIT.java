// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.wire.BridgeResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Contract 8.3 row by row, with D19 and D20: guests decide and record, and what became of it is seen over HTTP. What an
 * operator does goes through {@code /patchbay/v1}; tenants and the install mode, which fire from the API, through the API.
 */
@NotIn(
        value = {Container.EQUINOX, Container.KARAF},
        because = "what a guest decides is no matter of the container; PluginChangesIT has callbacks in all")
class LifecycleContractIT {
    private static final String TOKEN = "Authorization: Bearer " + HttpNode.TOKEN;
    private static final String UPLOAD = "Content-Type: application/octet-stream";
    private static final String JSON = "Content-Type: application/json";

    /** What the operator does, by name. */
    private static final Map<String, Deed> DEEDS = Map.of(
            "install", LifecycleContractIT::install,
            "upgrade", (plugin, artifact) -> upload("upgrade?argument=" + plugin, artifact),
            "disable", (plugin, artifact) -> verb("disable", plugin, ""),
            "uninstall", (plugin, artifact) -> verb("uninstall", plugin, ",\"options\":{\"purge\":true}"),
            "switch a tenant off", (plugin, artifact) -> change("tenant", plugin, "tenant", 7, "enable", false),
            "delete a tenant", (plugin, artifact) -> change("delete-tenant", plugin, "tenant", 7),
            "change the mode", (plugin, artifact) -> change("mode", plugin, "mode", "tenant_scoped"));

    /** Contract 8.3: each callback, what makes it due, whether it may stop that, and what it is told beside id and operation. */
    private static final List<Callback> CALLBACKS = List.of(
            new Callback("BeforeInstall", "install", true, ""),
            new Callback("AfterInstall", "install", false, ""),
            new Callback("BeforeUpgrade", "upgrade", true, upgrade()),
            new Callback("Upgrade", "upgrade", true, upgrade()),
            new Callback("AfterUpgrade", "upgrade", false, upgrade()),
            new Callback("BeforeDisable", "disable", true, ""),
            new Callback("AfterDisable", "disable", false, ""),
            new Callback("BeforeUninstall", "uninstall", true, ",\"purgeStorageData\":true"),
            new Callback("Uninstall", "uninstall", true, ",\"purgeStorageData\":true"),
            new Callback("AfterUninstall", "uninstall", false, ",\"purgeStorageData\":true"),
            new Callback("BeforeTenantDisable", "switch a tenant off", true, ",\"tenantId\":7"),
            new Callback("AfterTenantDisable", "switch a tenant off", false, ",\"tenantId\":7"),
            new Callback("BeforeTenantDelete", "delete a tenant", true, ",\"tenantId\":7"),
            new Callback("AfterTenantDelete", "delete a tenant", false, ",\"tenantId\":7"),
            new Callback("BeforeInstallModeChange", "change the mode", true, modes()),
            new Callback("AfterInstallModeChange", "change the mode", false, modes()));

    /** Contract 8.3: what a guest answers, and what is decided by it. */
    private static final List<Answer> ANSWERS = List.of(
            new Answer("empty", response(200, ""), ""),
            new Answer("status-399", response(399, ""), ""),
            new Answer("ok-true", response(200, "{\"ok\":true}"), ""),
            new Answer("ok-false", response(200, "{\"ok\":false}"), "vetoed"),
            new Answer("ok-false-with-reason", response(200, "{\"ok\":false,\"reason\":\"in use\"}"), "in use"),
            new Answer("ok-missing", response(200, "{}"), "vetoed"),
            new Answer("status-400", response(400, "{\"ok\":true}"), "failed"),
            new Answer("status-500", response(500, "no table"), "failed"),
            new Answer("no-json", response(200, "yes"), "failed"),
            new Answer("failure", encoded(failure()), "failed"),
            new Answer("execution-error", Guests.trap(), "failed"),
            new Answer("deadline", Guests.endless().get("br"), "failed"));

    @TempDir
    static Path folder;

    private static HttpNode node;

    /** What an operator does to a plugin, with an artifact where that takes one. */
    private interface Deed {
        /** What became of it: empty when it was refused, else what was noted besides. */
        Outcome carryOut(String plugin, byte[] artifact) throws Exception;
    }

    /**
     * What became of a deed.
     *
     * @param text all that was said
     */
    private record Outcome(boolean done, String text) {}

    private record Callback(String operation, String deed, boolean mayStop, String told) {
        String body(String plugin) {
            return "{\"pluginId\":\"" + plugin + "\",\"operation\":\"" + operation + "\"" + told;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answer(String name, byte[] module, String reason) {}

    private static String upgrade() {
        return ",\"fromVersion\":\"v1.0.0\",\"toVersion\":\"v1.1.0\",\"fromManifest\":{\"id\":\"";
    }

    private static String modes() {
        return ",\"fromMode\":\"global\",\"toMode\":\"tenant_scoped\"";
    }

    private static byte[] response(int status, String body) {
        return encoded(new PluginResponse(status, "", Map.of(), body.getBytes(UTF_8), Optional.empty()));
    }

    private static PluginResponse failure() {
        byte[] body = "{\"ok\":true}".getBytes(UTF_8);
        return new PluginResponse(200, "", Map.of(), body, Optional.of(new PluginResponse.Failure("X", "broken")));
    }

    private static byte[] encoded(PluginResponse response) {
        return Guests.response(HostCalls.encode(out -> BridgeResponse.encode(response, out)));
    }

    @BeforeAll
    static void startNode() throws Exception {
        node = HttpNode.start(folder, Map.of());
    }

    @AfterAll
    static void stopNode() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    private static Outcome install(String plugin, byte[] artifact) throws IOException {
        return upload("install", artifact);
    }

    private static Outcome upload(String target, byte[] artifact) throws IOException {
        return outcome(RawHttp.exchange(node.port(), "POST", "/patchbay/v1/" + target, artifact, TOKEN, UPLOAD));
    }

    private static Outcome verb(String verb, String plugin, String options) throws IOException {
        byte[] body = ("{\"arguments\":[\"" + plugin + "\"]" + options + "}").getBytes(UTF_8);
        return outcome(RawHttp.exchange(node.port(), "POST", "/patchbay/v1/" + verb, body, TOKEN, JSON));
    }

    /** The last line of an answer decides; those before it tell how far it was. */
    private static Outcome outcome(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isIn(200, 409);
        JsonObject json = answer.lastLine();
        return new Outcome(json.has("result"), words(json.toString()));
    }

    private static Outcome change(String request, String plugin, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("request", request, "plugin", plugin));
        arguments.addAll(List.of(more));
        Probe.Reply reply = node.probe().run("change", arguments.toArray());
        return new Outcome(!reply.failed(), words(reply.values().toString()));
    }

    /** Without the quoting that a text gets where it stands in another one. */
    private static String words(String text) {
        return text.replace("\\\"", "\"");
    }

    private static GuestArtifact artifact(String plugin, String version) {
        return new GuestArtifact(plugin)
                .version(version)
                .route("GET", "/run", "Run", "public")
                .route("GET", "/mine", "Mine", "login");
    }

    private static int status(String plugin) throws IOException {
        return RawHttp.get(node.port(), "GET", "/x/" + plugin + "/run").status();
    }

    /** Has everything ready for a deed, carries it out with the code under test, and gives what became of it. */
    private static Outcome carryOut(Callback callback, String plugin, byte[] module, int timeoutMillis)
            throws Exception {
        byte[] first = artifact(plugin, "v1.0.0").of(Guests.noop());
        boolean isUpgrade = callback.deed().equals("upgrade");
        byte[] tested = artifact(plugin, isUpgrade ? "v1.1.0" : "v1.0.0")
                .callback(callback.operation(), "/__lifecycle/x", timeoutMillis)
                .of(module);
        if (isUpgrade) {
            assertThat(install(plugin, first).done()).isTrue();
        } else if (!callback.deed().equals("install")) {
            assertThat(install(plugin, tested).done()).isTrue();
        }
        if (callback.deed().equals("delete a tenant")) {
            assertThat(change("tenant", plugin, "tenant", 7, "enable", true).done())
                    .isTrue();
        }
        return DEEDS.get(callback.deed()).carryOut(plugin, tested);
    }

    /** Takes a plugin out whatever it says, so that it has no say in what concerns all. */
    private static void takeOut(String plugin) {
        change("uninstall", plugin, "force", true);
    }

    /** Whether the plugin is as it was before the deed, as its callers and its operator see it. */
    private static boolean isUntouched(Callback callback, String plugin) throws Exception {
        Map<String, Object> plugins = node.probe().run("plugins").values();
        return switch (callback.deed()) {
            case "install" -> !plugins.containsKey(plugin) && status(plugin) == 404;
            case "upgrade" -> plugins.get(plugin).toString().contains("serving=v1.0.0") && status(plugin) == 200;
            case "disable", "uninstall" -> status(plugin) == 200;
            default -> tenantStatus(plugin).equals("200");
        };
    }

    private static String tenantStatus(String plugin) {
        Probe.Reply reply = node.probe().run("invoke", "plugin", plugin, "path", "/mine", "tenant", 7);
        return reply.failed() ? reply.error() : String.valueOf(reply.status());
    }

    @TestFactory
    Stream<DynamicTest> everyCallbackComesAtItsMomentWithItsBody() {
        return CALLBACKS.stream()
                .map(callback -> DynamicTest.dynamicTest(callback.operation(), () -> {
                    String plugin = "told-" + callback.operation().toLowerCase(Locale.ROOT);

                    Outcome outcome = carryOut(callback, plugin, Guests.failWithBody(), 0);

                    assertThat(outcome.done()).as(outcome.text()).isEqualTo(!callback.mayStop());
                    assertThat(outcome.text()).contains(callback.body(plugin));
                    takeOut(plugin);
                }));
    }

    @TestFactory
    Stream<DynamicTest> whatMayStopItDoesAndChangesNothing() {
        return CALLBACKS.stream()
                .filter(Callback::mayStop)
                .map(callback -> DynamicTest.dynamicTest(callback.operation(), () -> {
                    String plugin = "kept-" + callback.operation().toLowerCase(Locale.ROOT);

                    Outcome outcome = carryOut(callback, plugin, response(200, "{}"), 0);

                    assertThat(outcome.done()).as(outcome.text()).isFalse();
                    assertThat(outcome.text())
                            .contains("plugin." + plugin + ".lifecycle." + callback.operation() + ".vetoed");
                    assertThat(isUntouched(callback, plugin)).isTrue();
                    takeOut(plugin);
                }));
    }

    @TestFactory
    Stream<DynamicTest> anAnswerDecidesByTheTable() {
        Callback before = CALLBACKS.stream()
                .filter(callback -> callback.operation().equals("BeforeUpgrade"))
                .findFirst()
                .orElseThrow();
        return ANSWERS.stream()
                .map(answer -> DynamicTest.dynamicTest(answer.name(), () -> {
                    String plugin = "decides-" + answer.name();

                    Outcome outcome = carryOut(before, plugin, answer.module(), 300);

                    assertThat(outcome.done())
                            .as(outcome.text())
                            .isEqualTo(answer.reason().isEmpty());
                    if (!outcome.done()) {
                        String reason = answer.reason().contains(" ")
                                ? answer.reason()
                                : "plugin." + plugin + ".lifecycle.BeforeUpgrade." + answer.reason();
                        assertThat(outcome.text()).contains("reason: " + reason, "phase: before_upgrade");
                        assertThat(isUntouched(before, plugin)).isTrue();
                    }
                }));
    }

    /** D20: before any grant with none, later with those of the release whose code runs; and tenant 0 (contract 8.3). */
    @Test
    void aCallbackRunsWithTheGrantsOfItsRelease() throws Exception {
        byte[] write = HostCalls.set("by", "callback");
        byte[] module = Guests.relay(1, write, false);
        String plugin = "granted";
        String denied = "patchbay_denials_total{method=state.set, plugin=" + plugin + ", service=runtime}";
        byte[] first = requesting(plugin, "v1.0.0", "BeforeInstall").of(module);

        // The answer is a host call's response, no JSON: a no. The call before it is what is looked at.
        assertThat(install(plugin, first).done()).isFalse();
        assertThat(denials(plugin)).as(denied).isEqualTo(1);

        byte[] willing = requesting(plugin, "v1.0.0", "BeforeDisable").of(module);
        assertThat(upload("install?grant=all", willing).done()).isTrue();
        verb("disable", plugin, "");
        assertThat(denials(plugin)).isEqualTo(1);
        assertThat(node.probe().run("state", "plugin", plugin, "tenant", 0).values())
                .isEqualTo(Map.of("by", "callback"));
    }

    private static GuestArtifact requesting(String plugin, String version, String operation) {
        return artifact(plugin, version).requests("runtime", "state.set").callback(operation, "/__lifecycle/x", 0);
    }

    private static double denials(String plugin) {
        return node.probe().run("metrics").values().entrySet().stream()
                .filter(figure -> figure.getKey().startsWith("patchbay_denials_total")
                        && figure.getKey().contains("plugin=" + plugin))
                .mapToDouble(figure -> (Double) figure.getValue())
                .sum();
    }

    @Test
    void onlyWhatIsDeclaredIsCalledAndARollbackAsksNobody() throws Exception {
        String plugin = "undeclared";
        byte[] first = artifact(plugin, "v1.0.0").of(Guests.failWithBody());
        byte[] second = artifact(plugin, "v1.1.0").of(Guests.failWithBody());
        assertThat(install(plugin, first).done()).isTrue();
        assertThat(upload("upgrade?argument=" + plugin, second).done()).isTrue();
        assertThat(verb("rollback", plugin, "").done()).isTrue();
        assertThat(verb("disable", plugin, "").done()).isTrue();
        assertThat(verb("uninstall", plugin, "").done()).isTrue();
    }

    /** D19, and the gated rows of contract 1.8 that follow from the same facts. */
    @Test
    void whoseTenantIsSwitchedOffFindsThePluginNotEnabled() throws Exception {
        String plugin = "shared";
        byte[] artifact =
                new GuestArtifact(plugin).route("GET", "/run", "Run", "login").of(Guests.noop());
        assertThat(install(plugin, artifact).done()).isTrue();
        node.probe().run("resolve").orFail();
        assertThat(asTenantSeven(plugin).status()).isEqualTo(200);

        assertThat(change("tenant", plugin, "tenant", 7, "enable", false).done())
                .isTrue();
        assertThat(asTenantSeven(plugin).status()).isEqualTo(404);
        assertThat(asTenantSeven(plugin).text()).isEqualTo("Dynamic plugin is not enabled");
        assertThat(change("tenant", plugin, "tenant", 7, "enable", true).done()).isTrue();
        assertThat(asTenantSeven(plugin).status()).isEqualTo(200);

        assertThat(change("mode", plugin, "mode", "tenant_scoped").done()).isTrue();
        assertThat(change("delete-tenant", plugin, "tenant", 7).done()).isTrue();
        assertThat(asTenantSeven(plugin).status()).isEqualTo(404);
    }

    private static RawHttp.Answer asTenantSeven(String plugin) throws IOException {
        return RawHttp.get(node.port(), "GET", "/x/" + plugin + "/run", "Authorization: Bearer user");
    }
}
