// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.ChangeContext;
import io.patchbay.admin.LifecycleRequest.Enable;
import io.patchbay.admin.LifecycleRequest.Grants;
import io.patchbay.admin.LifecycleRequest.Install;
import io.patchbay.admin.LifecycleRequest.Resume;
import io.patchbay.admin.LifecycleRequest.Revoke;
import io.patchbay.admin.LifecycleRequest.Rollback;
import io.patchbay.admin.LifecycleRequest.Suspend;
import io.patchbay.admin.LifecycleRequest.Uninstall;
import io.patchbay.admin.LifecycleRequest.Upgrade;
import io.patchbay.admin.LifecycleResult;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ReleaseView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.port.EngineException;
import io.patchbay.port.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Upgrade, rollback, uninstall, and who may bring what. */
class ReleaseLifeTest {
    private static final Optional<Grants> NOTHING = Optional.empty();

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

    private static void refused(ThrowingCallable call, Problem problem, String... parts) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AdminException.class, refusal -> {
            assertThat(refusal.problem()).isEqualTo(problem);
            assertThat(refusal.getMessage()).contains(parts);
        });
    }

    private static Optional<Grants> grants(String... methods) {
        return Optional.of(new Grants(false, Set.of(methods)));
    }

    @Test
    void installDecidesAndEnablesInOneStep() throws Exception {
        Path artifact = node.artifact("demo", "1.0.0", "info.now", "state.get");
        LifecycleResult result = node.change(new Install(artifact, false, true, grants("runtime.info.now")));
        assertThat(result.steps())
                .hasSize(5)
                .containsSubsequence("grant runtime.info.now", "refuse runtime.state.get")
                .last()
                .asString()
                .startsWith("serve version 1.0.0 (");
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now");
    }

    @Test
    void whatIsNotEnabledDoesNotServeUntilItIs() throws Exception {
        LifecycleResult result = node.change(new Install(node.artifact("demo", "1.0.0"), false, false, NOTHING));
        assertThat(result.plugin().orElseThrow().state()).isEqualTo(PluginView.State.INSTALLED);
        refused(() -> node.call("demo"), Problem.REFUSED, "'demo' is not enabled yet");
        assertThat(node.services).isEmpty();
        node.change(new Enable("demo"));
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
        assertThat(node.change(new Enable("demo")).notes()).containsExactly("plugin demo is enabled already");
    }

    @Test
    void aRehearsalTellsWhatWouldBeDoneAndDoesNothing() throws Exception {
        Path artifact = node.artifact("demo", "1.0.0", "info.now");
        Install install = new Install(artifact, false, true, grants("runtime.info.now"));
        LifecycleResult rehearsed = node.rehearse(install);
        assertThat(rehearsed.dryRun()).isTrue();
        assertThat(rehearsed.plugin()).isEmpty();
        assertThat(node.archived()).isEmpty();
        assertThat(node.admin.plugins()).isEmpty();
        assertThat(node.events).isEmpty();
        assertThat(node.change(install).steps()).isEqualTo(rehearsed.steps());

        Upgrade upgrade = new Upgrade("demo", Optional.of(node.artifact("demo", "1.1.0")), NOTHING);
        LifecycleResult planned = node.rehearse(upgrade);
        assertThat(planned.plugin().orElseThrow().servingVersion()).isEqualTo("1.0.0");
        assertThat(node.archived()).hasSize(1);
        assertThat(node.change(upgrade).steps()).isEqualTo(planned.steps());
        for (var request :
                new io.patchbay.admin.LifecycleRequest[] {new Rollback("demo", ""), new Uninstall("demo", false, false)
                }) {
            LifecycleResult plan = node.rehearse(request);
            assertThat(node.call("demo")).isNotEmpty();
            assertThat(node.change(request).steps()).isEqualTo(plan.steps()).isNotEmpty();
        }
    }

    @Test
    void anUpgradeWithoutADecisionIsRefusedAndChangesNothing() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        Path newer = node.artifact("demo", "1.1.0", "info.now");
        refused(
                () -> node.change(new Upgrade("demo", Optional.of(newer), NOTHING)),
                Problem.CONSENT_NEEDED,
                "needs a decision on runtime.info.now");
        assertThat(node.archived()).hasSize(1);
        assertThat(node.admin.plugin("demo").orElseThrow().descriptor().version())
                .isEqualTo("1.0.0");
        node.change(new Upgrade("demo", Optional.of(newer), Optional.of(Grants.ALL)));
        assertThat(node.call("demo")).isEqualTo("1.1.0 info.now");
    }

    @Test
    void grantsForMethodsThatAreNotRequestedAreRefusedBeforeAnythingIsStored() throws Exception {
        Path artifact = node.artifact("demo", "1.0.0", "info.now");
        refused(
                () -> node.change(new Install(artifact, false, true, grants("runtime.state.set"))),
                Problem.INPUT,
                "does not request 'runtime.state.set'");
        assertThat(node.archived()).isEmpty();
        assertThat(node.engine.steps).isEmpty();
    }

    @Test
    void anUpgradeOfAnotherPluginsArtifactIsRefused() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        Path other = node.artifact("other", "1.1.0");
        refused(
                () -> node.change(new Upgrade("demo", Optional.of(other), NOTHING)),
                Problem.INPUT,
                "is plugin 'other', not 'demo'");
    }

    @Test
    void aRollbackServesTheReleaseThatServedBeforeWithItsOwnGrants() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "info.uuid"));
        node.decide("demo", "runtime.info.now");
        node.install(node.artifact("demo", "1.1.0", "info.now", "info.uuid", "state.get"));
        node.grantAll("demo");
        assertThat(node.call("demo")).isEqualTo("1.1.0 info.now,info.uuid,state.get");

        LifecycleResult back = node.change(new Rollback("demo", ""));
        assertThat(back.steps()).anyMatch(step -> step.startsWith("serve version 1.0.0 ("));
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now");
        assertThat(back.plugin().orElseThrow().requested())
                .filteredOn(method -> method.name().equals("runtime.info.uuid"))
                .extracting(RequestedMethod::decision)
                .containsExactly(RequestedMethod.Decision.REFUSED);
        assertThat(node.published).endsWith("=demo 1.0.0");

        node.change(new Upgrade("demo", Optional.empty(), NOTHING));
        assertThat(node.call("demo")).isEqualTo("1.1.0 info.now,info.uuid,state.get");
        assertThat(node.published).as("one registration all the time").doesNotContain("-demo");
    }

    @Test
    void aRollbackFromTheSecondOfTwoBadReleasesDoesNotGoToTheFirst() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.grantAll("demo");
        node.change(new Upgrade("demo", Optional.of(node.artifact("demo", "1.1.0")), NOTHING));
        node.change(new Rollback("demo", ""));
        node.change(new Upgrade("demo", Optional.of(node.artifact("demo", "1.2.0")), NOTHING));
        assertThat(node.call("demo")).startsWith("1.2.0");

        node.change(new Rollback("demo", ""));

        assertThat(node.call("demo")).startsWith("1.0.0");
    }

    @Test
    void whatWasTakenBackStaysTakenBackInEveryRelease() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "state.get"));
        node.grantAll("demo");
        node.install(node.artifact("demo", "1.1.0", "info.now"));
        node.change(new Revoke("demo", new Grants(false, Set.of("runtime.info.now", "runtime.state.get"))));
        node.change(new Rollback("demo", ""));
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void aRollbackSurvivesARestartAndGoesFurtherBackByDigest() throws Exception {
        String first = node.install(node.artifact("demo", "1.0.0")).digest();
        node.install(node.artifact("demo", "1.1.0"));
        node.install(node.artifact("demo", "1.2.0"));
        node.change(new Rollback("demo", ""));
        node.close();
        try (TestNode again = TestNode.opened(temp)) {
            assertThat(again.call("demo")).isEqualTo("1.1.0 ");
            again.change(new Rollback("demo", first.substring(0, 10)));
            assertThat(again.call("demo")).isEqualTo("1.0.0 ");
            assertThat(again.admin.releases("demo"))
                    .extracting(ReleaseView::version, ReleaseView::standing)
                    .containsExactly(
                            org.assertj.core.api.Assertions.tuple("1.2.0", ReleaseView.Standing.ARCHIVED),
                            org.assertj.core.api.Assertions.tuple("1.1.0", ReleaseView.Standing.ARCHIVED),
                            org.assertj.core.api.Assertions.tuple("1.0.0", ReleaseView.Standing.SERVING));
        }
    }

    @Test
    void aRollbackThatCannotBeIsRefusedWithWhatThereIs() throws Exception {
        refused(() -> node.change(new Rollback("demo", "")), Problem.INPUT, "no plugin 'demo'");
        String only = node.install(node.artifact("demo", "1.0.0")).digest();
        refused(() -> node.change(new Rollback("demo", "")), Problem.REFUSED, "no earlier release", "1.0.0");
        String next = node.install(node.artifact("demo", "1.1.0")).digest();
        refused(() -> node.change(new Rollback("demo", "ffffffff")), Problem.INPUT, "no release", "archived: ");
        refused(() -> node.change(new Rollback("demo", "1.0.0")), Problem.INPUT, "is no digest");
        assertThat(node.change(new Rollback("demo", next)).notes())
                .singleElement()
                .asString()
                .endsWith("serves already");
        node.change(new Rollback("demo", only));
        refused(() -> node.change(new Rollback("demo", next)), Problem.REFUSED, "is higher", "upgrade to it");
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void aRollbackToWhatCannotBeLoadedChangesNothing() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.install(node.artifact("demo", "1.1.0"));
        node.engine.refuseLoad = Optional.of(new EngineException(EngineException.Reason.REFUSED, "damaged"));
        refused(() -> node.change(new Rollback("demo", "")), Problem.INPUT, "damaged");
        node.engine.refuseLoad = Optional.empty();
        assertThat(node.call("demo")).isEqualTo("1.1.0 ");
    }

    @Test
    void afterARollbackTheHigherVersionWithOtherBytesIsStillRefused() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        Path newer = node.artifact("demo", "1.1.0");
        node.install(newer);
        node.change(new Rollback("demo", ""));
        Path other = node.artifact("demo", "1.1.0", "info.now");
        refused(() -> node.install(other), Problem.REFUSED, "version 1.1.0 and other bytes");
        assertThat(node.install(newer).servingVersion()).isEqualTo("1.1.0");
    }

    @Test
    void anUninstalledPluginLeavesNothingButItsState() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now"));
        node.grantAll("demo");
        node.install(node.artifact("demo", "1.1.0", "info.now"));
        node.call("demo");
        LifecycleResult result = node.change(new Uninstall("demo", false, false));
        assertThat(result.plugin()).isEmpty();
        assertThat(result.steps()).containsExactly("remove the plugin, its 2 releases, grants and settings");
        assertThat(node.archived()).isEmpty();
        assertThat(node.services).isEmpty();
        assertThat(node.engine.steps)
                .filteredOn(step -> step.startsWith("forget "))
                .hasSize(2);
        refused(() -> node.call("demo"), Problem.INPUT, "no plugin 'demo'");
        refused(() -> node.change(new Uninstall("demo", true, false)), Problem.INPUT, "no plugin 'demo'");
        node.close();
        try (TestNode again = TestNode.opened(temp)) {
            assertThat(again.admin.plugins()).isEmpty();
            PluginView anew = again.install(again.artifact("demo", "1.0.0", "info.now"));
            assertThat(anew.undecided()).as("no grant is remembered").hasSize(1);
        }
    }

    @Test
    void aSecondWayInIsRefusedByTheOneThatHoldsIt() throws Exception {
        Path first = node.artifact("demo", "1.0.0");
        Path second = node.artifact("demo", "1.1.0");
        ChangeContext bundle = new ChangeContext("deploy", "bundle:com.acme.demo", false, Progress.NONE);
        ChangeContext directory = new ChangeContext("deploy", ChangeContext.DIRECTORY, false, Progress.NONE);
        ChangeContext http = new ChangeContext("anna", ChangeContext.HTTP, false, Progress.NONE);
        node.admin.change(new Install(first, false, true, NOTHING), bundle);
        for (ChangeContext other : new ChangeContext[] {directory, http, ChangeContext.by("anna")}) {
            refused(
                    () -> node.admin.change(new Install(second, false, true, NOTHING), other),
                    Problem.REFUSED,
                    "was brought by bundle com.acme.demo");
        }
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
        assertThat(node.admin.plugin("demo").orElseThrow().wayIn()).isEqualTo("bundle:com.acme.demo");
        node.admin.change(new Install(second, false, true, NOTHING), bundle);
        assertThat(node.call("demo")).isEqualTo("1.1.0 ");
        node.change(new Rollback("demo", ""));
        node.change(new Uninstall("demo", false, false));

        node.admin.change(new Install(first, false, true, NOTHING), http);
        node.admin.change(new Install(second, false, true, NOTHING), ChangeContext.by("anna"));
        refused(
                () -> node.admin.change(new Install(second, false, true, NOTHING), directory),
                Problem.REFUSED,
                "was brought by an operator, and the watched directory");
    }

    @Test
    void aSuspendedPluginIsNotServedUntilItIsResumed() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.change(new Suspend("demo", "its bundle is stopped"));
        assertThat(node.services).isEmpty();
        assertThatThrownBy(() -> node.call("demo")).hasMessage("Dynamic plugin is not enabled");
        node.install(node.artifact("demo", "1.1.0"));
        assertThat(node.services).isEmpty();
        assertThat(node.admin.plugin("demo").orElseThrow().notes()).contains("not served now: its bundle is stopped");
        node.change(new Resume("demo"));
        assertThat(node.call("demo")).isEqualTo("1.1.0 ");
    }

    @Test
    void anUninstallThatCannotBeRecordedChangesNothing() throws Exception {
        node.install(node.artifact("demo", "1.0.0"));
        node.close();
        assertThat(Files.exists(node.data.resolve("registry.db"))).isTrue();
        try (TestNode reader = new TestNode(temp)) {
            reader.openReadOnly();
            refused(() -> reader.change(new Uninstall("demo", false, false)), Problem.UNAVAILABLE, "cannot be written");
            assertThat(reader.call("demo")).isEqualTo("1.0.0 ");
        }
    }
}
