// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.wire.JsonRequest;
import io.patchbay.wire.LogRequest;
import io.patchbay.wire.StateDeleteRequest;
import io.patchbay.wire.StateGetRequest;
import io.patchbay.wire.StateSetRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** DESIGN 10, 3: no path reaches a method that was not granted. */
class GrantsExactIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String PLUGIN = "grants";
    private static final List<String> METHODS = HostCalls.RUNTIME_METHODS;

    @BeforeAll
    static void install() throws Exception {
        NODE.probe().install(HostCalls.relay(PLUGIN)).orFail();
    }

    @ParameterizedTest
    @FieldSource("METHODS")
    void theGrantedMethodAnswersAndTheNineOthersAreDenied(String granted) throws Exception {
        List<String> all = METHODS.stream().map(method -> "runtime." + method).toList();
        NODE.probe()
                .run("grant", "plugin", PLUGIN, "methods", all, "whole", true)
                .orFail();
        List<String> others = all.stream()
                .filter(method -> !method.equals("runtime." + granted))
                .toList();
        NODE.probe().run("revoke", "plugin", PLUGIN, "methods", others).orFail();

        for (String method : METHODS) {
            byte[] answer = NODE.probe().hostCall(PLUGIN, HostCalls.request("runtime", method, payload(method)));

            if (method.equals(granted)) {
                HostCalls.success(answer);
            } else {
                assertThat(answer).as(method).isEqualTo(denied(method));
            }
        }
    }

    /** The bytes of contract 3.3, written here by hand. */
    private static byte[] denied(String method) {
        String json =
                "{\"errorCode\":\"HOST_CALL_CAPABILITY_DENIED\",\"messageKey\":\"error.host_call.capability_denied\","
                        + "\"fallback\":\"plugin grants is not authorized for host service runtime." + method
                        + " resource= table=\"}";
        FieldWriter out = new FieldWriter();
        return out.int32(1, 1).bytes(2, json.getBytes(StandardCharsets.UTF_8)).toByteArray();
    }

    private static byte[] payload(String method) {
        Consumer<FieldWriter> message = switch (method) {
            case "log.write" -> new LogRequest(2, "granted", Map.of())::encode;
            case "state.get" -> new StateGetRequest("k")::encode;
            case "state.set" -> new StateSetRequest("k", "v")::encode;
            case "state.delete" -> new StateDeleteRequest("k")::encode;
            case "state.get_many", "state.delete_many" -> json("{\"keys\":[\"k\"]}");
            case "state.set_many" -> json("{\"values\":{\"k\":\"v\"}}");
            default -> out -> {};
        };
        return HostCalls.encode(message);
    }

    private static Consumer<FieldWriter> json(String text) {
        return new JsonRequest(text.getBytes(StandardCharsets.UTF_8))::encode;
    }
}
