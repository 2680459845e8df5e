// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A host service of a bundle against the API alone, in one life: not there, there, called, denied, gone, back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EchoHostServiceIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String PLUGIN = "talker";
    private static final String ECHO = "io.patchbay.itests.echo";
    private static final String HELLO = "talker: hello";

    @BeforeEach
    void install() throws Exception {
        if (NODE.probe().run("plugins").values().isEmpty()) {
            GuestArtifact artifact = new GuestArtifact(PLUGIN).requests("echo", "fail", "refuse", "say");
            NODE.probe().install(HostCalls.relay(PLUGIN, artifact)).orFail();
            NODE.probe()
                    .run("grant", "plugin", PLUGIN, "methods", List.of("echo.say", "echo.fail"), "whole", true)
                    .orFail();
        }
    }

    @Test
    @Order(1)
    void aServiceThatNoBundleProvidesIsUnsatisfiedAndUnknownToTheGuest() throws Exception {
        assertThat(methods()).containsEntry("echo.say", "GRANTED UNSATISFIED");
        assertThat(HostCalls.failure(call("say")))
                .startsWith("2 ")
                .contains("unsupported host service method: echo.say");
        assertThat(NODE.probe()
                        .run("why", "plugin", PLUGIN, "method", "echo.say")
                        .text("verdict"))
                .isNotBlank();
    }

    @Test
    @Order(2)
    void itWorksFromTheMomentThatABundleProvidesIt() throws Exception {
        NODE.container().install(TestNode.bundle("echo"));

        assertThat(said(call("say"))).isEqualTo(HELLO);
        assertThat(methods())
                .containsEntry("echo.say", "GRANTED PROVIDED")
                .containsEntry("echo.refuse", "REFUSED PROVIDED");
    }

    @Test
    @Order(3)
    void aMethodThatWasRefusedIsDenied() throws Exception {
        assertThat(HostCalls.failure(call("refuse")))
                .startsWith("1 ")
                .contains("plugin talker is not authorized for host service echo.refuse resource= table=");
    }

    @Test
    @Order(3)
    void aMethodThatTheServiceDoesNotOfferIsUnknown() throws Exception {
        assertThat(HostCalls.failure(call("whisper")))
                .startsWith("2 ")
                .contains("unsupported host service method: echo.whisper");
    }

    @Test
    @Order(3)
    void aMethodThatThrowsTellsTheGuestNothingButAnIncident() throws Exception {
        assertThat(HostCalls.failure(call("fail")))
                .startsWith("4 ")
                .contains("\"messageParams\":{\"incident\":\"", "\"fallback\":\"Host call failed\"")
                .doesNotContain("secret");
    }

    @Test
    @Order(4)
    void aGrantGivenLaterCountsFromTheNextExecution() throws Exception {
        NODE.probe()
                .run("grant", "plugin", PLUGIN, "methods", List.of("echo.refuse"))
                .orFail();

        assertThat(HostCalls.failure(call("refuse")))
                .isEqualTo("3 {\"errorCode\":\"ECHO_REFUSED\",\"messageKey\":\"error.echo.refused\","
                        + "\"messageParams\":{\"text\":\"hello\"},\"fallback\":\"The echo refuses\"}");
    }

    @Test
    @Order(5)
    void whenItsBundleStopsCallsWaitTheGraceAndAreThenUnavailable() throws Exception {
        NODE.container().stop(ECHO);

        assertThat(HostCalls.failure(call("say")))
                .isEqualTo(
                        "4 {\"errorCode\":\"PROVIDER_UNAVAILABLE\",\"messageKey\":\"error.provider.unavailable\","
                                + "\"messageParams\":{\"provider\":\"echo\"},\"fallback\":\"No provider is available for echo\"}");
    }

    @Test
    @Order(6)
    void aCallThatWaitsIsServedWhenTheBundleComesBack() throws Exception {
        CompletableFuture<byte[]> waiting = NODE.probe().hostCallAsync(PLUGIN, request("say"));

        NODE.container().start(ECHO);

        assertThat(said(waiting.get(10, TimeUnit.SECONDS))).isEqualTo(HELLO);
        assertThat(said(call("say"))).isEqualTo(HELLO);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> methods() {
        Map<String, Object> plugin =
                (Map<String, Object>) NODE.probe().run("plugins").values().get(PLUGIN);
        return (Map<String, Object>) plugin.get("methods");
    }

    private static byte[] call(String method) {
        return NODE.probe().hostCall(PLUGIN, request(method));
    }

    private static byte[] request(String method) {
        return HostCalls.request("echo", method, HostCalls.encode(out -> out.string(1, "hello")));
    }

    private static String said(byte[] response) throws Exception {
        return HostCalls.value(response);
    }
}
