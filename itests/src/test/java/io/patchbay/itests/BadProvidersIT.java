// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A bundle whose providers are each wrong in another way, and rank above all others: what is wrong is said, nobody is served by
 * them who need not be, and with the bundle everything of it goes.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BadProvidersIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String PLUGIN = "bystander";
    private static final String FAULTY = "io.patchbay.itests.faulty";
    private static final String NAME_RULE =
            "property patchbay.provider must be 1 to 64 lower-case letters, digits and dashes,"
                    + " starting with a letter or digit: ";

    private static Map<String, Object> providersBefore = Map.of();
    private static Map<String, Object> bindingsBefore = Map.of();

    @BeforeAll
    static void install() throws Exception {
        NODE.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
        everyMethodButTheNodesNameAnswers("0");
        HostCalls.success(NODE.probe().hostCall(PLUGIN, HostCalls.node()));
        providersBefore = NODE.probe().run("providers").values();
        bindingsBefore = NODE.probe().run("bindings").values();
        NODE.container().install(TestNode.bundle("faulty"));
    }

    @Test
    @Order(1)
    void eachIsShownWithWhatIsWrong() {
        assertThat(NODE.probe().run("providers").values())
                .containsAllEntriesOf(providersBefore)
                .containsEntry("clock=throws-in-activation", "FAILED the clock tower is closed")
                .containsEntry("uuid=throws-in-ready", "FAILED no numbers are left")
                .containsEntry("log=answers-null-in-ready", "FAILED its ready() answered null")
                .containsEntry("clock=", "REFUSED " + NAME_RULE + "'My Clock!'")
                .containsEntry("node=", "REFUSED " + NAME_RULE + "it is missing")
                .doesNotContainKey("clock=is-of-no-kind");
        assertThat(NODE.probe()
                        .run("verb", "verb", "doctor", "arguments", List.of(), "options", Map.of("--json", ""))
                        .text("json"))
                .contains(
                        "provider 'is-of-no-kind' of io.patchbay.itests.faulty",
                        "is of no kind that is there: it is registered as io.patchbay.provider.Provider");
    }

    @Test
    @Order(2)
    void nobodyIsServedByThoseThatAreNotReady() throws Exception {
        assertThat(NODE.probe().run("bindings").values())
                .isNotEmpty()
                .containsEntry("node", "throws-in-calls")
                .allSatisfy((kind, provider) -> {
                    if (!kind.equals("node")) {
                        assertThat(provider).as(kind).isEqualTo(bindingsBefore.get(kind));
                    }
                });
        everyMethodButTheNodesNameAnswers("1");
    }

    @Test
    @Order(3)
    void oneThatIsReadyAndThrowsInCallsFailsTheseAloneAndTellsTheGuestAnIncident() throws Exception {
        for (int call = 0; call < 30; call++) {
            assertThat(HostCalls.failure(NODE.probe().hostCall(PLUGIN, HostCalls.node())))
                    .startsWith("4 ")
                    .doesNotContain("NoClassDefFoundError", "Secret", FAULTY);
        }
        everyMethodButTheNodesNameAnswers("2");
    }

    @Test
    @Order(4)
    void anOperatorBindsAnotherAndIsServed() throws Exception {
        String good = String.valueOf(bindingsBefore.get("node"));
        NODE.probe().run("bind", "kind", "node", "provider", good).orFail();

        assertThat(HostCalls.value(NODE.probe().hostCall(PLUGIN, HostCalls.node())))
                .isNotBlank();
    }

    @Test
    @Order(5)
    void withItsBundleAllOfItGoes() throws Exception {
        NODE.container().uninstall(FAULTY);

        assertThat(NODE.probe().run("providers").values()).isEqualTo(providersBefore);
        assertThat(NODE.probe().run("bindings").values()).isEqualTo(bindingsBefore);
        HostCalls.success(NODE.probe().hostCall(PLUGIN, HostCalls.node()));
        everyMethodButTheNodesNameAnswers("3");
    }

    private static void everyMethodButTheNodesNameAnswers(String value) throws Exception {
        HostCalls.success(NODE.probe().hostCall(PLUGIN, HostCalls.now()));
        HostCalls.success(NODE.probe().hostCall(PLUGIN, HostCalls.uuid()));
        HostCalls.success(NODE.probe().hostCall(PLUGIN, HostCalls.log("a line " + value)));
        HostCalls.success(NODE.probe().hostCall(PLUGIN, HostCalls.set("k", value)));
        assertThat(HostCalls.state(NODE.probe().hostCall(PLUGIN, HostCalls.get("k")))
                        .value())
                .isEqualTo(value);
    }
}
