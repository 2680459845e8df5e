// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.itests.harness.Eventually;
import java.util.List;
import java.util.Map;

/**
 * A node whose plugin is called while an operator is at work: it keeps its state and writes its log at witnesses, which note who
 * calls them after their end, and every gap is waited for.
 */
final class LoadedNode {
    static final String PLUGIN = "loaded";
    static final String WITNESS = "io.patchbay.itests.witness";

    /** Longer than any gap here, on however slow a machine; less than an execution's deadline. */
    private static final long GRACE_MILLIS = 25_000;

    private static final long NO_LIMIT = 1_000_000;

    private final NodeExtension node;

    LoadedNode(NodeExtension node) {
        this.node = node;
    }

    /**
     * Brings the witnesses and the plugin.
     *
     * @param artifact what the plugin asks for
     */
    void install(GuestArtifact artifact) throws Exception {
        configure("io.patchbay.bay", Map.of("grace.millis", GRACE_MILLIS));
        configure("io.patchbay.wasmhost", Map.of("grace.millis", GRACE_MILLIS));
        configure(
                "io.patchbay.runtime",
                Map.of(
                        "log.rate", NO_LIMIT,
                        "log.burst", NO_LIMIT,
                        "log.rate.ceiling", NO_LIMIT,
                        "log.burst.ceiling", NO_LIMIT));
        long id = nodeId();
        configure("io.patchbay.lifecycle", Map.of("grace.millis", GRACE_MILLIS));
        Eventually.holds(() -> nodeId() > id);
        node.probe().run("makeStore", "store", "witness").orFail();
        node.container().install(TestNode.bundle("witness"));
        configure(WITNESS + ".state", Map.of("patchbay.provider", "witness"));
        configure(WITNESS + ".log", Map.of("patchbay.provider", "witness"));
        Eventually.holds(() ->
                node.probe().run("providers").values().keySet().containsAll(List.of("state=witness", "log=witness")));
        byte[] relay = HostCalls.relay(PLUGIN, artifact);
        // The new settings may start the node anew more than once; meanwhile it says that it is not there.
        Eventually.holds(
                () -> !"UNAVAILABLE".equals(node.probe().install(relay).values().get("problem")));
        node.probe().installGranted(PLUGIN, relay);
        // Nothing was written yet: the binding decides where the first write goes.
        bind("state", "witness");
        bind("log", "witness");
    }

    /** Another number each time the plugins of this node were started anew. */
    private long nodeId() {
        return (Long) node.probe()
                .run("serviceId", "type", "io.patchbay.port.OwnerRegistry")
                .values()
                .get("id");
    }

    void configure(String pid, Map<String, ?> settings) {
        node.probe().run("configure", "pid", pid, "settings", settings).orFail();
    }

    private void bind(String kind, String provider) {
        node.probe()
                .run("bindLasting", "kind", kind, "provider", provider, "plugin", PLUGIN)
                .orFail();
    }

    byte[] call(byte[] request) {
        return node.probe().hostCall(PLUGIN, request);
    }

    /** A caller that writes a value, and reads it back. */
    Load.Caller writingAndReadingBack(String key) {
        return number -> {
            HostCalls.success(call(HostCalls.set(key, String.valueOf(number))));
            String value = HostCalls.state(call(HostCalls.get(key))).value();
            if (!value.equals(String.valueOf(number))) {
                throw new AssertionError(key + " is " + value + " and was set to " + number);
            }
        };
    }
}
