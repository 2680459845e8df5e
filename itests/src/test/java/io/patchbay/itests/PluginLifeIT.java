// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DESIGN 6 and 7: what serves, for whom, and who has to say yes before. */
class PluginLifeIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    @Test
    void aPluginServesNothingBeforeAnOperatorHasDecided() throws Exception {
        NODE.probe().install(HostCalls.relay("undecided")).orFail();

        assertThat(NODE.probe().get("undecided").error()).startsWith("CONSENT_NEEDED: ");
    }

    @Test
    void anEnabledPluginIsAServiceThatAnyBundleCalls() throws Exception {
        NODE.probe().installGranted("called", answering("called", "v0.1.0", "hello"));

        assertThat(call("called")).isEqualTo("hello");
    }

    @Test
    void anUpgradeThatAsksForMoreWaitsWhileTheOldReleaseServes() throws Exception {
        NODE.probe().installGranted("upgraded", answering("upgraded", "v0.1.0", "old"));
        GuestArtifact asksForMore =
                new GuestArtifact("upgraded").version("v0.2.0").requests("runtime", "info.now");
        NODE.probe().install(asksForMore.of(Guests.answer(utf8("new")))).orFail();
        assertThat(call("upgraded")).isEqualTo("old");

        NODE.probe()
                .run("grant", "plugin", "upgraded", "all", true, "whole", true)
                .orFail();

        assertThat(call("upgraded")).isEqualTo("new");
    }

    @Test
    void theSameVersionWithOtherBytesIsRefusedExceptInDevelopment() throws Exception {
        NODE.probe().installGranted("rebuilt", answering("rebuilt", "v0.1.0", "one"));

        assertThat(NODE.probe().install(answering("rebuilt", "v0.1.0", "two")).error())
                .startsWith("REFUSED: ");
        assertThat(call("rebuilt")).isEqualTo("one");
        NODE.probe().installInDevelopment(answering("rebuilt", "v0.1.0", "two")).orFail();
        assertThat(call("rebuilt")).isEqualTo("two");
    }

    @Test
    void aRouteWithALoginAnswersNobodyUnknown() throws Exception {
        GuestArtifact artifact = new GuestArtifact("closed").route("GET", "/run", "Run", "login");
        NODE.probe().installGranted("closed", artifact.of(Guests.noop()));

        assertThat(NODE.probe().get("closed").error()).startsWith("UNAUTHORIZED: ");
        assertThat(NODE.probe()
                        .run("invoke", "plugin", "closed", "path", "/run", "tenant", 7)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tenantsDoNotSeeEachOthersState() throws Exception {
        GuestArtifact artifact = new GuestArtifact("tenants")
                .requests("runtime", "state.get", "state.set")
                .route("POST", "/run", "Run", "login");
        NODE.probe().installGranted("tenants", artifact.of(Guests.relayFromBody()));

        HostCalls.success(asTenant(7, HostCalls.set("k", "of seven")));

        assertThat(HostCalls.state(asTenant(7, HostCalls.get("k"))).value()).isEqualTo("of seven");
        assertThat(HostCalls.state(asTenant(8, HostCalls.get("k"))).found()).isFalse();
        assertThat(NODE.probe().run("state", "plugin", "tenants", "tenant", 7).values())
                .isEqualTo(Map.of("k", "of seven"));
    }

    @Test
    void pluginsDoNotSeeEachOthersState() throws Exception {
        NODE.probe().installGranted("writer", HostCalls.relay("writer"));
        NODE.probe().installGranted("reader", HostCalls.relay("reader"));

        HostCalls.success(NODE.probe().hostCall("writer", HostCalls.set("k", "mine")));

        assertThat(HostCalls.state(NODE.probe().hostCall("reader", HostCalls.get("k")))
                        .found())
                .isFalse();
    }

    @Test
    void whySaysWhichOfTheThreeColumnsIsMissing() throws Exception {
        NODE.probe().install(HostCalls.relay("asker")).orFail();
        NODE.probe()
                .run("grant", "plugin", "asker", "methods", List.of("runtime.info.now"), "whole", true)
                .orFail();

        assertThat(why("runtime.info.now")).contains("granted");
        assertThat(why("runtime.info.uuid")).contains("refused");
        assertThat(why("runtime.weather")).contains("not request");
    }

    private static String why(String method) {
        return NODE.probe()
                .run("why", "plugin", "asker", "method", method)
                .orFail()
                .values()
                .toString();
    }

    private static byte[] asTenant(int tenant, byte[] request) {
        byte[] body = Guests.relayBody(1, false, 1, request);
        return NODE.probe()
                .run("invoke", "plugin", "tenants", "method", "POST", "path", "/run", "body", body, "tenant", tenant)
                .body();
    }

    private static String call(String plugin) {
        return NODE.probe().run("call", "plugin", plugin, "path", "/run").text("text");
    }

    private static byte[] answering(String plugin, String version, String text) {
        return new GuestArtifact(plugin).version(version).of(Guests.answer(utf8(text)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
