// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.LifecycleRequest.ApplyPolicy;
import io.patchbay.admin.LifecycleRequest.Grants;
import io.patchbay.admin.LifecycleRequest.Install;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.PolicyView;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.RequestedMethod.Decision;
import io.patchbay.port.HostServiceDeclaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What policy.yaml grants in advance, and that it grants nothing else (DESIGN 6). */
class PolicyTest {
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

    private void policy(String... lines) throws Exception {
        Files.writeString(node.data.resolve("policy.yaml"), String.join("\n", lines));
    }

    @Test
    void whatItNamesIsGrantedMarkedAndTheRestWaits() throws Exception {
        policy("grants:", "  - plugin: demo", "    methods: [runtime.info.now, runtime.state.set]");
        PluginView view = node.install(node.artifact("demo", "1.0.0", "info.now", "state.get"));
        assertThat(view.requested())
                .extracting(
                        RequestedMethod::name,
                        RequestedMethod::decision,
                        RequestedMethod::byPolicy,
                        RequestedMethod::decidedBy)
                .containsExactly(
                        tuple("runtime.info.now", Decision.GRANTED, true, "policy.yaml, plugin demo"),
                        tuple("runtime.state.get", Decision.UNDECIDED, false, ""));
        assertThat(view.state()).isEqualTo(PluginView.State.INSTALLED);
        PluginView other = node.install(node.artifact("other", "1.0.0", "info.now"));
        assertThat(other.undecided()).as("not named").hasSize(1);
    }

    @Test
    void anUnattendedNodeServesAndUpgradesWithinTheUpperSet() throws Exception {
        policy("grants:", "- plugin: demo", "  methods: [runtime.info.now, runtime.info.uuid]");
        node.install(node.artifact("demo", "1.0.0", "info.now"));
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now");
        node.install(node.artifact("demo", "1.1.0", "info.now", "info.uuid"));
        assertThat(node.call("demo")).isEqualTo("1.1.0 info.now,info.uuid");
        node.install(node.artifact("demo", "1.2.0", "info.now", "state.get"));
        assertThat(node.call("demo")).isEqualTo("1.1.0 info.now,info.uuid");
    }

    @Test
    void aDigestMayGrantAllThatItsArtifactRequestsAndNothingToAnother() throws Exception {
        Path artifact = node.artifact("demo", "1.0.0", "info.now", "state.get");
        policy("grants:", "- digest: " + node.admin.inspect(artifact).digest(), "  methods: all");
        node.install(artifact);
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now,state.get");
        PluginView next = node.install(node.artifact("demo", "1.1.0", "info.now", "state.get", "state.set"));
        assertThat(next.undecided()).extracting(RequestedMethod::name).containsExactly("runtime.state.set");
    }

    @Test
    void anOperatorsDecisionGoesBeforeIt() throws Exception {
        policy("grants:", "- plugin: demo", "  methods: [runtime.info.now, runtime.state.get]");
        node.change(new Install(
                node.artifact("demo", "1.0.0", "info.now", "state.get"),
                false,
                true,
                Optional.of(new Grants(false, Set.of("runtime.info.now")))));
        assertThat(node.call("demo")).isEqualTo("1.0.0 info.now");
        node.change(new ApplyPolicy());
        assertThat(node.call("demo")).as("what was refused stays refused").isEqualTo("1.0.0 info.now");
    }

    @Test
    void itIsAppliedWhenTheNodeStartsAndOnDemand() throws Exception {
        node.install(node.artifact("demo", "1.0.0", "info.now"));
        policy("grants:", "- plugin: demo", "  methods: [runtime.info.now]");
        assertThat(node.rehearse(new ApplyPolicy()).steps())
                .first()
                .isEqualTo("demo: grant by policy: runtime.info.now");
        assertThat(node.admin.plugin("demo").orElseThrow().undecided()).hasSize(1);
        node.close();
        try (TestNode again = TestNode.opened(temp)) {
            again.door.node().warmUp();
            assertThat(again.call("demo")).isEqualTo("1.0.0 info.now");
        }
    }

    @Test
    void resourcesAreGrantedByName() {
        HostServiceDeclaration files = Samples.files("reports", "exports");
        ReleaseRecord release = Samples.release(Samples.descriptor("demo", "1.0.0", files), Samples.DIGEST_A);
        PluginRecord record = PluginRecord.first(release, "command", true);
        MethodKey get = new MethodKey("storage", "get");
        for (Set<String> covered : List.of(Set.<String>of(), Set.of("reports"))) {
            Policy less = new Policy(List.of(new Policy.Rule("", "demo", false, Map.of("storage.get", covered))));
            assertThat(less.decisions(record, "now")).isEmpty();
        }
        Policy enough = new Policy(List.of(
                new Policy.Rule("", "demo", false, Map.of("storage.get", Set.of("reports", "exports", "more")))));
        assertThat(enough.decisions(record, "now").get(get).resources()).containsExactly("exports", "reports");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "grants: [ | line 1: ",
                "- plugin: demo | the file is no mapping",
                "grant: [] | the file has 'grant', which is not known; known are grants",
                "grants: demo | grants is no list",
                "grants: [demo] | grants[0] is no mapping",
                "grants: [{plugin: demo}] | grants[0].methods is missing",
                "grants: [{plugin: demo, digest: x, methods: []}] | grants[0] names either a digest or a plugin",
                "grants: [{methods: []}] | grants[0] names either a digest or a plugin",
                "grants: [{digest: abc, methods: []}] | grants[0].digest is 'abc', not 64",
                "grants: [{plugin: De Mo, methods: []}] | grants[0].plugin is 'De Mo', not the id of a plugin",
                "grants: [{plugin: demo, methods: all}] | grants[0].methods is 'all', which is for a digest only",
                "grants: [{plugin: demo, methods: [runtime]}] | grants[0].methods[0] is 'runtime', not a method",
                "grants: [{plugin: demo, methods: ['runtime.*']}] | grants[0].methods[0] is 'runtime.*', not a method",
                "grants: [{plugin: demo, methods: [{method: a.b}]}] | grants[0].methods[0].resources is missing",
                "grants: [{plugin: demo, plugin: demo, methods: []}] | line 1: ",
                "grants: [{plugin: demo, methods: [], also: 1}] | grants[0] has 'also', which is not known",
            })
    void aBadFileGrantsNothingAndSaysWhere(String text, String where) throws Exception {
        policy("# a comment", text);
        PluginView view = node.install(node.artifact("demo", "1.0.0", "info.now"));
        assertThat(view.undecided()).hasSize(1);
        String problem = where.replace("line 1", "line 2");
        assertThat(view.notes())
                .first()
                .asString()
                .startsWith("policy '" + node.data.resolve("policy.yaml") + "' grants nothing: " + problem);
        PolicyView shown = node.admin.policy();
        assertThat(shown.problem()).contains(problem);
        assertThat(shown.rules()).isEmpty();
        assertThatThrownBy(() -> node.change(new ApplyPolicy()))
                .isInstanceOfSatisfying(
                        AdminException.class,
                        refusal -> assertThat(refusal.problem()).isEqualTo(AdminException.Problem.INPUT));
    }

    @Test
    void itIsShown() throws Exception {
        assertThat(node.admin.policy().rules()).isEmpty();
        policy(
                "grants:",
                "- plugin: demo",
                "  methods: [runtime.state.get, runtime.info.now]",
                "- digest: " + Samples.DIGEST_A,
                "  methods: all");
        assertThat(node.admin.policy().rules())
                .containsExactly(
                        new PolicyView.Rule("", "demo", false, List.of("runtime.info.now", "runtime.state.get")),
                        new PolicyView.Rule(Samples.DIGEST_A, "", true, List.of()));
    }
}
