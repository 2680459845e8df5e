// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our features as an administrator of Karaf handles them, with a plugin that keeps something. */
@NotIn(
        value = {Container.FELIX, Container.EQUINOX},
        because = "features are Karaf's")
class KarafFeaturesIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String PLUGIN = "keeper";
    private static final String OURS = "io.patchbay.";
    private static final String OF_TESTS = "io.patchbay.itests.";

    private KarafContainer karaf;

    @BeforeAll
    static void keep() throws Exception {
        NODE.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
        HostCalls.success(NODE.probe().hostCall(PLUGIN, HostCalls.set("k", "kept")));
    }

    @BeforeEach
    void findKaraf() {
        karaf = (KarafContainer) NODE.container();
    }

    private Map<String, String> ours() throws IOException {
        Map<String, String> ours = new TreeMap<>(karaf.states());
        ours.keySet().removeIf(bundle -> !bundle.startsWith(OURS) || bundle.startsWith(OF_TESTS));
        return ours;
    }

    private static void assertItWorks() throws Exception {
        assertThat(HostCalls.state(NODE.probe().hostCall(PLUGIN, HostCalls.get("k")))
                        .value())
                .isEqualTo("kept");
    }

    @Test
    void everyBundleOfOurFeaturesIsActiveAndEveryProviderThere() throws Exception {
        assertThat(ours())
                .containsKeys(OURS + "api", OURS + "wasmhost", OURS + "shell", OURS + "deploy", OURS + "state.jdbc")
                .allSatisfy((bundle, state) -> assertThat(state).as(bundle).isEqualTo("ACTIVE"));
        assertThat(NODE.probe().run("providers").values().keySet())
                .contains("state=sqlite", "state=jdbc", "state=redis", "log=osgi", "log=file", "clock=offset");
    }

    @Test
    void featuresInstalledTwiceChangeNothing() throws Exception {
        Map<String, String> before = karaf.states();
        List<String> features = karaf.features();

        karaf.installFeatures(features);

        assertThat(karaf.features()).isEqualTo(features);
        assertThat(karaf.states()).isEqualTo(before);
        assertItWorks();
    }

    @Test
    void featuresRemovedLeaveNothingAndInstalledAgainGoOnWithWhatWasKept() throws Exception {
        Map<String, String> before = ours();
        List<String> features = karaf.features();

        karaf.uninstallFeatures(features);
        assertThat(karaf.features()).isEmpty();
        assertThat(ours()).isEmpty();
        karaf.installFeatures(features);
        // They live by what was removed, and Karaf starts again only what features brought.
        karaf.start(OF_TESTS + "door");
        karaf.start(OF_TESTS + "probe");

        assertThat(karaf.features()).isEqualTo(features);
        assertThat(ours()).isEqualTo(before);
        assertItWorks();
    }
}
