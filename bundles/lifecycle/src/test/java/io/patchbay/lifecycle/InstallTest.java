// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.PluginView;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginCallException.Reason;
import io.patchbay.plugin.PluginRequest;
import io.patchbay.port.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
    @TempDir
    Path temp;

    private TestNode node;

    @BeforeEach
    void open() throws Exception {
        node = TestNode.opened(temp);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static void refused(ThrowingCallable call, Problem problem, String... texts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AdminException.class, refusal -> {
            assertThat(refusal.problem()).isEqualTo(problem);
            assertThat(refusal.getMessage()).contains(texts);
        });
    }

    private void nothingIsLeft() throws Exception {
        assertThat(node.admin.plugins()).isEmpty();
        assertThat(node.archived()).isEmpty();
        assertThat(node.services).isEmpty();
        assertThat(Files.exists(node.data.resolve("releases/demo"))).isFalse();
    }

    @Test
    void aFirstInstallThatRequestsNothingServesAtOnce() throws Exception {
        PluginView view = node.install(node.artifact("demo", "1.0.0"));
        assertThat(view.state()).isEqualTo(PluginView.State.ENABLED);
        assertThat(view.servingDigest()).isEqualTo(view.digest());
        assertThat(node.services).containsKey("demo");
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void theArchiveIsNamedByTheDigestAndHoldsTheArtifact() throws Exception {
        Path artifact = node.artifact("demo", "1.0.0");
        PluginView view = node.install(artifact);
        Path archive = node.data.resolve("releases/demo/1.0.0/" + view.digest() + "/demo.wasm");
        assertThat(node.archived()).containsExactly(archive);
        assertThat(archive).hasSameBinaryContentAs(artifact);
    }

    @Test
    void nothingServesWhileADecisionIsMissing() throws Exception {
        PluginView view = node.install(node.artifact("demo", "1.0.0", "info.now", "state.get"));
        assertThat(view.state()).isEqualTo(PluginView.State.INSTALLED);
        assertThat(view.undecided()).hasSize(2);
        assertThat(view.notes())
                .anyMatch(note -> note.contains("waits for a decision on runtime.info.now, runtime.state.get"));
        assertThat(node.services).isEmpty();
        refused(() -> node.call("demo"), Problem.CONSENT_NEEDED, "runtime.info.now, runtime.state.get");
        refused(() -> node.admin.load("demo", (phase, fraction) -> {}), Problem.CONSENT_NEEDED, "runtime.info.now");
    }

    @Test
    void theSameArtifactAgainChangesNothing() throws Exception {
        Path artifact = node.artifact("demo", "1.0.0");
        node.install(artifact);
        node.engine.steps.clear();
        assertThat(node.install(artifact).notes()).contains("already installed: the same artifact");
        assertThat(node.engine.steps).isEmpty();
    }

    @Test
    void theSameVersionWithOtherBytesIsRefusedAndLeavesNothing() throws Exception {
        PluginView first = node.install(node.artifact("demo", "1.0.0"));
        Path other = node.artifact("demo", "1.0.0", "info.now");
        refused(() -> node.install(other), Problem.REFUSED, "'demo'", "1.0.0", "other bytes", "--dev");
        assertThat(node.archived()).hasSize(1);
        assertThat(node.admin.plugin("demo").orElseThrow().digest()).isEqualTo(first.digest());
    }

    @Test
    void developmentAcceptsTheSameVersionAndSaysSo() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        Path rebuilt = node.write(TestNode.guest("demo", "1.0.0").of(Guests.echo()));
        PluginView view = node.develop(rebuilt);
        assertThat(view.notes()).anyMatch(note -> note.startsWith("development: "));
        assertThat(view.servingDigest()).isEqualTo(view.digest());
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void rebuildsInDevelopmentKeepOnlyWhatIsNeeded() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.develop(node.artifact("demo", "1.0.0", "info.now"));
        PluginView waiting = node.develop(node.artifact("demo", "1.0.0", "info.uuid"));
        assertThat(node.archived()).as("the release that serves and the newest").hasSize(2);
        node.grantAll("demo");
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.uuid");
        PluginView next = node.develop(node.artifact("demo", "1.0.0"));
        assertThat(next.servingDigest()).isEqualTo(next.digest());
        assertThat(node.archived())
                .as("the first artifact again, and nothing else")
                .hasSize(1)
                .noneMatch(archive -> archive.toString().contains(waiting.digest()));
        node.close();
        try (TestNode again = TestNode.opened(temp)) {
            assertThat(again.call("demo")).isEqualTo("1.0.0 ");
        }
    }

    @Test
    void aLowerVersionIsRefused() throws Exception {
        node.install(node.artifact("demo", "1.2.0"));
        Path lower = node.artifact("demo", "1.1.9");
        refused(() -> node.install(lower), Problem.REFUSED, "version 1.2.0", "lower version 1.1.9");
        refused(() -> node.develop(lower), Problem.REFUSED, "lower version");
        assertThat(node.archived()).hasSize(1);
    }

    @Test
    void whatTheEngineRefusesLeavesNothing() throws Exception {
        Path artifact = node.artifact("demo", "1.0.0");
        node.engine.refuseInspect = Optional.of(new EngineException(EngineException.Reason.REFUSED, "SIMD in f"));
        refused(() -> node.install(artifact), Problem.INPUT, "SIMD in f");
        nothingIsLeft();
        node.engine.refuseInspect = Optional.empty();
        node.engine.refusePrepare = Optional.of(new EngineException(EngineException.Reason.UNAVAILABLE, "no memory"));
        refused(() -> node.install(artifact), Problem.UNAVAILABLE, "no memory");
        nothingIsLeft();
        node.engine.refusePrepare = Optional.empty();
        node.install(artifact);
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void whatIsNoArtifactIsRefusedAndLeavesNothing() throws Exception {
        Path text = Files.writeString(temp.resolve("text.wasm"), "hello");
        refused(() -> node.install(text), Problem.INPUT, "text.wasm");
        refused(() -> node.install(temp.resolve("missing.wasm")), Problem.INPUT, "missing.wasm");
        nothingIsLeft();
    }

    @Test
    void anArtifactWithoutExecutableRoutesAnswers501() throws Exception {
        node.install(node.write(new GuestArtifact("demo")
                .route("GET", "/run/{name}", "Run", "public")
                .withoutRouteExecution()
                .of(Guests.noop())));
        assertThatThrownBy(() -> node.call("demo")).isInstanceOfSatisfying(PluginCallException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(PluginCallException.Reason.NO_BRIDGE);
            assertThat(failure).hasMessage("Dynamic route bridge is not executable for the active plugin release");
        });
    }

    @Test
    void anUnknownServiceInstallsAndIsUnsatisfied() throws Exception {
        PluginView view = node.install(
                node.write(new GuestArtifact("demo").requests("echo", "say").of(Guests.noop())));
        assertThat(view.notes()).contains("unsatisfied: no bundle provides echo.say now");
        assertThat(node.grantAll("demo").state()).isEqualTo(PluginView.State.ENABLED);
        assertThat(view.requested().get(0).effective()).isFalse();
    }

    @Test
    void anUnknownPluginIsNamed() {
        refused(() -> node.call("nobody"), Problem.INPUT, "'nobody'");
        refused(() -> node.admin.enable("nobody", "anna"), Problem.INPUT, "'nobody'");
        refused(() -> node.admin.disable("nobody", "anna"), Problem.INPUT, "'nobody'");
        refused(() -> node.admin.why("nobody", "runtime.info.now"), Problem.INPUT, "'nobody'");
        refused(() -> node.grantAll("nobody"), Problem.INPUT, "'nobody'");
    }

    @Test
    void aFolderThatIsNotOpenRefusesEverythingButInspectAndPack() throws Exception {
        try (TestNode closed = new TestNode(Files.createDirectory(temp.resolve("other")))) {
            Path artifact = closed.artifact("demo", "1.0.0", "info.now");
            assertThat(closed.admin.inspect(artifact).requested()).hasSize(1);
            assertThat(closed.data).doesNotExist();
            refused(() -> closed.install(artifact), Problem.UNAVAILABLE, "the data folder is not open");
            refused(closed.admin::plugins, Problem.UNAVAILABLE, "the data folder is not open");
        }
    }

    @Test
    void theRegistryAndTheFolderAreFreeAfterClose() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now"));
        node.grant("demo", "runtime.info.now");
        node.close();
        assertThat(node.published).endsWith("-demo", "no folder");
        try (TestNode again = TestNode.opened(temp)) {
            assertThat(again.services).containsKey("demo");
            assertThat(again.engine.steps).isEmpty();
            assertThat(again.call("demo")).isEqualTo("1.0.0 info.now");
            assertThat(again.engine.steps).containsExactly("load 1.0.0");
        }
    }

    @Test
    void whatAKilledProcessLeftUnrecordedIsSwept() throws Exception {
        PluginView view = node.install(node.artifact("demo", "1.0.0"));
        node.close();
        Path orphan = node.data.resolve("releases/demo/9.9.9/" + Samples.DIGEST_A + "/demo.wasm");
        Files.createDirectories(orphan.getParent());
        Files.writeString(orphan, "x");
        Files.writeString(orphan.resolveSibling("demo.wasm.part"), "x");
        try (TestNode again = TestNode.opened(temp)) {
            assertThat(again.archived()).hasSize(1);
            assertThat(orphan.getParent().getParent()).doesNotExist();
            assertThat(again.admin.plugin("demo").orElseThrow().digest()).isEqualTo(view.digest());
        }
    }

    @Test
    void aMissingRegistryBesideArchivesIsRefusedAndSweepsNothing() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.close();
        Files.delete(node.data.resolve("registry.db"));
        try (TestNode again = new TestNode(temp)) {
            refused(again.door::open, Problem.UNAVAILABLE, "registry.db", "is missing while releases are archived");
            assertThat(again.archived()).hasSize(1);
            assertThat(NodeFolder.open(again.data)).satisfies(NodeFolder::close);
            refused(again.admin::plugins, Problem.UNAVAILABLE, "is missing");
        }
    }

    @Test
    void aReadOnlyFolderServesWhatItHoldsAndTakesNothing() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        Path newer = node.artifact("demo", "1.1.0");
        node.close();
        try (TestNode reader = new TestNode(temp)) {
            reader.openReadOnly();
            assertThat(reader.call("demo")).isEqualTo("1.0.0 ");
            refused(() -> reader.install(newer), Problem.UNAVAILABLE, "cannot be written");
            refused(() -> reader.admin.disable("demo", "anna"), Problem.UNAVAILABLE, "cannot be written");
        }
    }

    @Test
    void theRouteIsMatchedBeforeAnythingElse() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.admin.disable("demo", "anna");
        assertThatThrownBy(() -> node.admin.invoke(
                        "demo", PluginRequest.to("GET", "/nowhere").build()))
                .hasMessage("Dynamic route not found");
        assertThatThrownBy(() -> node.call("demo")).hasMessage("Dynamic plugin is not enabled");
        node.admin.enable("demo", "anna");
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
        assertThat(node.published).containsSubsequence("+demo 1.0.0", "-demo", "+demo 1.0.0");
    }

    @Test
    void aRequestIsAdmittedInTheOrderOfTheContract() throws Exception {
        PluginRequest known = PluginRequest.to("GET", "/run/x").build();
        PluginRequest unknown = PluginRequest.to("GET", "/nowhere").build();
        PluginRequest login = PluginRequest.to("POST", "/private").build();
        refusedCall("demo", known, Reason.NO_ROUTE, "Dynamic route not found");
        node.install(node.artifact("demo", "1.0.0", "info.now"));
        refusedCall("demo", unknown, Reason.NO_ROUTE, "Dynamic route not found");
        refusedCall(
                "demo",
                login,
                Reason.UPGRADE_REQUIRED,
                "Plugin demo requires runtime upgrade before business routes can execute");
        node.admin.disable("demo", "anna");
        refusedCall("demo", login, Reason.NOT_ENABLED, "Dynamic plugin is not enabled");
        node.admin.enable("demo", "anna");
        node.grantAll("demo");
        refusedCall("demo", unknown, Reason.NO_ROUTE, "Dynamic route not found");
        refusedCall("demo", login, Reason.UNAUTHORIZED, "Missing Authorization header");
        node.door.node().plugins().admit("demo", known);
        assertThat(node.engine.executions).isEmpty();
    }

    private void refusedCall(String plugin, PluginRequest request, Reason reason, String text) {
        assertThatThrownBy(() -> node.door.node().plugins().admit(plugin, request))
                .isInstanceOfSatisfying(
                        PluginCallException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(reason))
                .hasMessage(text);
    }
}
