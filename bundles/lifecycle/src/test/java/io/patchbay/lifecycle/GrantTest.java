// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.GrantRequest;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.RequestedMethod.Decision;
import io.patchbay.artifact.assembler.Guests;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantTest {
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

    @Test
    void aWholeDecisionRefusesTheRestAndLetsTheReleaseServe() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "info.uuid", "state.get"));
        PluginView view = node.decide("demo", "runtime.info.now");
        assertThat(view.state()).isEqualTo(PluginView.State.ENABLED);
        assertThat(view.requested())
                .extracting(RequestedMethod::name, RequestedMethod::decision, RequestedMethod::decidedBy)
                .containsExactly(
                        tuple("runtime.info.now", Decision.GRANTED, "anna"),
                        tuple("runtime.info.uuid", Decision.REFUSED, "anna"),
                        tuple("runtime.state.get", Decision.REFUSED, "anna"));
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now");
        assertThat(view.requested().get(0).decidedFor()).isEqualTo(view.digest());
    }

    @Test
    void aPartialDecisionLeavesTheRestOpen() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "state.get"));
        assertThat(node.grant("demo", "runtime.info.now").state()).isEqualTo(PluginView.State.INSTALLED);
        assertThat(node.grant("demo", "runtime.state.get").state()).isEqualTo(PluginView.State.ENABLED);
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now,state.get");
    }

    @Test
    void refusingEverythingLetsItServeWithoutGrants() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now"));
        assertThat(node.decide("demo").state()).isEqualTo(PluginView.State.ENABLED);
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
    }

    @Test
    void aMethodThatIsNotRequestedIsRefusedByNameAndChangesNothing() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "state.get"));
        assertThatThrownBy(() -> node.decide("demo", "runtime.info.now", "runtime.state.set"))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(AdminException.Problem.INPUT))
                .hasMessage("plugin 'demo' does not request 'runtime.state.set'; it requests runtime.info.now,"
                        + " runtime.state.get");
        assertThat(node.admin.plugin("demo").orElseThrow().undecided()).hasSize(2);
    }

    @Test
    void nothingNamedIsNoDecision() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now"));
        assertThatThrownBy(() -> node.grant("demo")).hasMessageContaining("name the methods to grant");
    }

    @Test
    void aRevokedMethodIsRefusedFromTheNextExecution() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "state.get"));
        node.grantAll("demo");
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now,state.get");
        node.admin.revoke(new GrantRequest("demo", false, Set.of("runtime.info.now"), false, "bert"));
        assertThat(node.call("demo")).isEqualTo("1.0.0 state.get");
        node.admin.revoke(new GrantRequest("demo", true, Set.of(), false, "bert"));
        assertThat(node.call("demo")).isEqualTo("1.0.0 ");
        assertThat(node.events).contains("demo granted", "demo revoked");
    }

    @Test
    void anUpgradeAsksOnlyForWhatIsNewAndTheOldOneServesMeanwhile() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "info.uuid"));
        node.decide("demo", "runtime.info.now");
        node.call("demo");
        PluginView pending = node.install(node.artifact("demo", "1.1.0", "info.now", "info.uuid", "state.get"));
        assertThat(pending.undecided()).extracting(RequestedMethod::name).containsExactly("runtime.state.get");
        assertThat(pending.servingVersion()).isEqualTo("1.0.0");
        assertThat(pending.state()).isEqualTo(PluginView.State.ENABLED);
        assertThat(pending.notes())
                .anyMatch(note -> note.contains("1.1.0") && note.contains("1.0.0") && note.endsWith("keeps serving"));
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now");
        assertThat(node.grant("demo", "runtime.state.get").servingVersion()).isEqualTo("1.1.0");
        assertThat(node.call("demo")).isEqualTo("1.1.0 info.now,state.get");
    }

    @Test
    void anUpgradeThatAsksForNothingNewServesAtOnce() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "info.uuid"));
        node.decide("demo", "runtime.info.now");
        PluginView view = node.install(node.artifact("demo", "1.1.0", "info.now"));
        assertThat(view.servingVersion()).isEqualTo("1.1.0");
        assertThat(node.call("demo")).isEqualTo("1.1.0 info.now");
    }

    @Test
    void decisionsSurviveARestart() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "info.uuid"));
        node.decide("demo", "runtime.info.now");
        PluginView before = node.admin.plugin("demo").orElseThrow();
        node.close();
        try (TestNode again = TestNode.opened(temp)) {
            assertThat(again.admin.plugin("demo").orElseThrow()).isEqualTo(before);
            assertThat(again.call("demo")).isEqualTo("1.0.0 info.now");
        }
    }

    @Test
    void whyNamesTheDecidingLine() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now", "info.uuid", "log.write"));
        assertThat(node.admin.why("demo", "runtime.info.now").verdict()).contains("nobody decided");
        node.decide("demo", "runtime.info.now");
        assertThat(node.admin.why("demo", "runtime.info.now").verdict()).isEqualTo("a call reaches it");
        assertThat(node.admin.why("demo", "runtime.info.uuid").verdict()).contains("denied (status 1): it was refused");
        assertThat(node.admin.why("demo", "runtime.info.uuid").steps())
                .anyMatch(step -> step.startsWith("granted: no, refused by anna at "));
        assertThat(node.admin.why("demo", "runtime.state.get").verdict())
                .isEqualTo("a call is answered denied (status 1): the plugin does not request it");
        assertThat(node.admin.why("demo", "runtime.nothing").verdict()).contains("unknown (status 2)");
        node.engines.remove(node.engine);
        assertThat(node.admin.why("demo", "runtime.info.now").verdict()).contains("engine is away");
        assertThatThrownBy(() -> node.admin.why("demo", "state")).hasMessageContaining("'state' is no method");
    }

    @Test
    void whyTellsAServiceThatLeftFromOneThatNeverCameAndFromOneWithoutTheMethod() throws Exception {
        node.install(node.write(TestNode.guest("demo", "1.0.0", "info.now", "info.node")
                .requests("weather", "get")
                .of(Guests.noop())));
        node.grantAll("demo");
        assertThat(node.admin.why("demo", "weather.get").verdict())
                .startsWith("a call is answered unknown (status 2): no bundle has provided weather since");
        assertThat(node.admin.why("demo", "runtime.info.node").verdict())
                .startsWith("a call is answered unknown (status 2): runtime is provided, but without this method");
        node.engine.departed.add("runtime");
        assertThat(node.admin.why("demo", "runtime.info.now").verdict())
                .startsWith("a call waits the grace time, then it is answered unavailable (status 4)");
    }
}
