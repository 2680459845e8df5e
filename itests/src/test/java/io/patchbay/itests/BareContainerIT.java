// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container that has the component runtime and nothing else: no Config Admin, no Gogo, no HTTP, no Metatype. */
@NotIn(value = Container.KARAF, because = "Karaf always has a Config Admin")
class BareContainerIT {
    private static final String PLUGIN = "frugal";
    private static final String CONFIG_ADMIN = "org.apache.felix.configadmin";

    @TempDir
    Path folder;

    @Test
    void pluginsWorkWithDefaultsAndWhatNeedsSettingsSaysSoUntilThereIsConfigAdmin() throws Exception {
        List<Path> configAdmin = EmbeddedContainer.shipped().stream()
                .filter(BareContainerIT::isConfigAdmin)
                .toList();
        assertThat(configAdmin).hasSize(1);
        try (TestNode node = TestNode.start(folder, Map.of(), BareContainerIT::withoutConfigAdmin)) {
            assertThat(node.container().states()).doesNotContainKey(CONFIG_ADMIN);
            node.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
            HostCalls.success(node.probe().hostCall(PLUGIN, HostCalls.log("a line")));
            HostCalls.success(node.probe().hostCall(PLUGIN, HostCalls.set("k", "kept")));

            assertThat(bind(node).error()).contains("Config Admin");
            assertThat(setting(node, "com.example.shop").error()).contains("Config Admin");

            node.container().install(configAdmin);
            // A bundle looks for what it can do without when it is resolved.
            node.container().update("io.patchbay.bay");
            node.container().update("io.patchbay.lifecycle");

            bind(node).orFail();
            assertThat(setting(node, "com.example.shop").values()).containsEntry("exitCode", 0);
            assertThat(setting(node, "io.patchbay.runtime").values().get("details"))
                    .asString()
                    .contains("org.apache.felix.metatype");
            assertThat(HostCalls.state(node.probe().hostCall(PLUGIN, HostCalls.get("k")))
                            .value())
                    .isEqualTo("kept");
        }
    }

    private static Probe.Reply bind(TestNode node) {
        return node.probe().run("bindLasting", "kind", "uuid", "provider", "v7");
    }

    private static Probe.Reply setting(TestNode node, String pid) {
        return node.probe().run("verb", "verb", "config set", "arguments", List.of(pid, "log.rate=300"));
    }

    private static List<Path> withoutConfigAdmin(List<Path> jars) {
        return jars.stream().filter(jar -> !isConfigAdmin(jar)).toList();
    }

    private static boolean isConfigAdmin(Path jar) {
        return jar.getFileName().toString().startsWith(CONFIG_ADMIN);
    }
}
