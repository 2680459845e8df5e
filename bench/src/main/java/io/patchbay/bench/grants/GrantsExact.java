// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.grants;

import io.patchbay.bench.NamedRun;
import io.patchbay.bench.Report;
import io.patchbay.bench.RunOptions;
import io.patchbay.bench.Target;
import io.patchbay.bench.node.EmbeddedNode;
import io.patchbay.bench.node.RelayPlugin;
import io.patchbay.bench.node.RuntimeCall;
import io.patchbay.wire.HostCallResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Claims that a grant of one method opens exactly that method, for each of the ten. */
public final class GrantsExact implements NamedRun {
    private static final int DENIED = 1;

    @Override
    public String name() {
        return "grants-exact";
    }

    @Override
    public String description() {
        return "the 10 x 10 matrix through a real guest: the granted method answers, the nine others are denied";
    }

    @Override
    public void run(RunOptions options, Report report) throws Exception {
        int right = 0;
        int wrong = 0;
        try (EmbeddedNode node = EmbeddedNode.start(options.scratch())) {
            RelayPlugin plugin = RelayPlugin.install(node, "matrix", options.scratch());
            for (String granted : RuntimeCall.METHODS) {
                plugin.grant(List.of(granted));
                for (String called : RuntimeCall.METHODS) {
                    HostCallResponse response = plugin.call(RuntimeCall.valid(called));
                    boolean fits = called.equals(granted) ? response.status() == 0 : isDenial(response, called);
                    right += fits ? 1 : 0;
                    wrong += fits ? 0 : 1;
                    if (!fits) {
                        System.err.println("granted " + granted + ", called " + called + ": status " + response.status()
                                + " " + new String(response.payload(), StandardCharsets.UTF_8));
                    }
                }
            }
        }
        report.count("right-cells", right, Target.exactly(100));
        report.never("wrong-cells", wrong);
    }

    /** Contract 3: what the guest of a plugin named {@code matrix} must read, byte for byte. */
    private static boolean isDenial(HostCallResponse response, String method) {
        String expected = "{\"errorCode\":\"HOST_CALL_CAPABILITY_DENIED\","
                + "\"messageKey\":\"error.host_call.capability_denied\","
                + "\"fallback\":\"plugin matrix is not authorized for host service runtime." + method
                + " resource= table=\"}";
        return response.status() == DENIED && new String(response.payload(), StandardCharsets.UTF_8).equals(expected);
    }
}
