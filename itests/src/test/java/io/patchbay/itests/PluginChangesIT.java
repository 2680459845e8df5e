// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do to plugins for years (DESIGN 7): with the real engine, patch bay, store and service registry. */
class PluginChangesIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static String file(byte[] artifact) throws IOException {
        return Files.write(Files.createTempFile(NODE.folder(), "artifact", ".wasm"), artifact)
                .toString();
    }

    private static Probe.Reply change(String request, String plugin, Object... more) {
        Object[] arguments = new Object[4 + more.length];
        arguments[0] = "request";
        arguments[1] = request;
        arguments[2] = "plugin";
        arguments[3] = plugin;
        System.arraycopy(more, 0, arguments, 4, more.length);
        return NODE.probe().run("change", arguments);
    }

    private static void install(byte[] artifact) throws IOException {
        change("install", "", "path", file(artifact), "enable", true, "all", true)
                .orFail();
    }

    private static byte[] answering(String plugin, String version, String text, String... callbacks) {
        GuestArtifact artifact = new GuestArtifact(plugin).version(version);
        for (String callback : callbacks) {
            artifact.callback(callback, "/__lifecycle/" + callback, 0);
        }
        return artifact.of(Guests.answer(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String call(String plugin) {
        return NODE.probe().run("call", "plugin", plugin, "path", "/run").text("text");
    }

    @Test
    void aPluginGoesOnAndBack() throws Exception {
        install(answering("moved", "v1.0.0", "one"));
        change("upgrade", "moved", "path", file(answering("moved", "v1.1.0", "two")))
                .orFail();
        assertThat(call("moved")).isEqualTo("two");

        change("rollback", "moved").orFail();

        assertThat(call("moved")).isEqualTo("one");
        assertThat(NODE.probe().run("releases", "plugin", "moved").lines())
                .containsExactly("v1.1.0 ARCHIVED", "v1.0.0 SERVING");
        assertThat(change("upgrade", "moved").orFail().lines()).isNotEmpty();
        assertThat(call("moved")).isEqualTo("two");
    }

    /** Each call is answered by one release or the other; {@code bench/run upgrade-load} does it for long. */
    @Test
    void aPluginGoesOnAndBackWhileItIsCalled() throws Exception {
        install(answering("busy", "v1.0.0", "one"));
        List<String> after = new ArrayList<>();
        List<Load.Step> steps = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String version = "v1." + (i + 1) + ".0";
            steps.add(() -> {
                change("upgrade", "busy", "path", file(answering("busy", version, "two")))
                        .orFail();
                after.add(call("busy"));
            });
            steps.add(() -> {
                change("rollback", "busy").orFail();
                after.add(call("busy"));
            });
        }

        Load.during(Collections.nCopies(3, round -> assertThat(call("busy")).isIn("one", "two")), steps);

        assertThat(after).containsExactly("two", "one", "two", "one", "two", "one");
    }

    @Test
    void stateStaysForWhoIsInstalledLaterAndGoesWithAPurge() throws Exception {
        install(HostCalls.relay("leaving"));
        HostCalls.success(NODE.probe().hostCall("leaving", HostCalls.set("k", "kept")));

        change("uninstall", "leaving").orFail();
        assertThat(NODE.probe().get("leaving").failed()).isTrue();
        install(HostCalls.relay("leaving"));
        assertThat(HostCalls.state(NODE.probe().hostCall("leaving", HostCalls.get("k")))
                        .value())
                .isEqualTo("kept");

        assertThat(change("uninstall", "leaving", "purge", true).lines())
                .contains("remove what provider 'sqlite' holds of kind state: 1 key");
        assertThat(NODE.probe().run("state", "plugin", "leaving").values()).isEqualTo(Map.of());
        install(HostCalls.relay("leaving"));
        assertThat(HostCalls.state(NODE.probe().hostCall("leaving", HostCalls.get("k")))
                        .found())
                .isFalse();
        HostCalls.success(NODE.probe().hostCall("leaving", HostCalls.set("k", "anew")));
        assertThat(NODE.probe().run("state", "plugin", "leaving").values()).isEqualTo(Map.of("k", "anew"));
    }

    @Test
    void aGuestsOwnAnswerDecides() throws Exception {
        install(answering("stubborn", "v1.0.0", "{\"ok\":false,\"reason\":\"busy\"}", "BeforeDisable"));
        Probe.Reply refusal = change("disable", "stubborn");
        assertThat(refusal.error()).startsWith("REFUSED: ").contains("BeforeDisable", "'busy'");
        assertThat(refusal.values().get("details")).isEqualTo(List.of("reason: busy"));
        assertThat(call("stubborn")).contains("busy");

        byte[] failing = answering("stubborn", "v1.1.0", "no json", "Upgrade");
        assertThat(change("upgrade", "stubborn", "path", file(failing)).error())
                .contains("failed in phase upgrade_callback", "version v1.0.0 keeps serving");
        assertThat(call("stubborn")).contains("busy");

        byte[] willing = answering("stubborn", "v1.1.0", "{\"ok\":true}", "BeforeUpgrade", "Upgrade", "AfterUpgrade");
        assertThat(change("upgrade", "stubborn", "path", file(willing))
                        .orFail()
                        .values()
                        .get("notes"))
                .isEqualTo(List.of());
        assertThat(call("stubborn")).isEqualTo("{\"ok\":true}");
    }

    @Test
    void anEndlessCallbackEndsAtItsDeadlineAndChangesNothing() throws Exception {
        byte[] endless = new GuestArtifact("endless")
                .callback("BeforeInstall", "/x", 200)
                .of(Guests.endless().get("br"));
        assertThat(change("install", "", "path", file(endless), "enable", true).error())
                .startsWith("REFUSED: ")
                .contains("failed in its BeforeInstall");
        assertThat(NODE.probe().run("plugins").values()).doesNotContainKey("endless");
    }

    @Test
    void aTenantThatIsSwitchedOffIsToldThatThePluginIsNotEnabled() throws Exception {
        install(new GuestArtifact("shared").route("GET", "/run", "Run", "login").of(Guests.noop()));
        change("tenant", "shared", "tenant", 7, "enable", false).orFail();
        assertThat(NODE.probe()
                        .run("invoke", "plugin", "shared", "path", "/run", "tenant", 7)
                        .error())
                .isEqualTo("NOT_ENABLED: Dynamic plugin is not enabled");
        assertThat(NODE.probe()
                        .run("invoke", "plugin", "shared", "path", "/run", "tenant", 8)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRunningNodeIsBackedUpAndComesBackAsItWas() throws Exception {
        install(HostCalls.relay("saved"));
        HostCalls.success(NODE.probe().hostCall("saved", HostCalls.set("k", "then")));
        Path file = NODE.folder().resolve("node.backup");
        assertThat(NODE.probe().run("backup", "path", file.toString()).lines()).contains("saved v0.1.0");
        HostCalls.success(NODE.probe().hostCall("saved", HostCalls.set("k", "since")));
        install(answering("later", "v1.0.0", "later"));

        assertThat(NODE.probe().run("restore", "path", file.toString()).error())
                .startsWith("REFUSED: ")
                .contains("holds plugins already");
        NODE.probe().run("restore", "path", file.toString(), "replace", true).orFail();

        assertThat(HostCalls.state(NODE.probe().hostCall("saved", HostCalls.get("k")))
                        .value())
                .isEqualTo("then");
        HostCalls.success(NODE.probe().hostCall("saved", HostCalls.set("k", "goes on")));
        assertThat(NODE.probe().run("plugins").values()).doesNotContainKey("later");
        assertThat(NODE.probe().run("audit").lines()).last().asString().endsWith("restore  DONE");
    }
}
