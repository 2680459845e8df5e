// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import static io.patchbay.wasmhost.execution.TestNode.envelope;
import static io.patchbay.wasmhost.execution.TestNode.hostCall;
import static io.patchbay.wasmhost.execution.TestNode.runtime;
import static io.patchbay.wasmhost.execution.TestNode.withPayload;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.Guests;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.HostMethod;
import io.patchbay.hostservice.HostService;
import io.patchbay.hostservice.HostServiceDescriptor;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.ResourceKind;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.plugin.PluginCallException;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.Grant;
import io.patchbay.port.LoadedRelease;
import io.patchbay.wasmhost.execution.TestNode.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Host calls through a real guest: order of checks, words and quirks of contract 1.4 and 3. */
class HostCallTest {
    private static final byte[] RELAY = Guests.relayFromBody();
    private static final List<String> METHODS = List.of(
            "info.node",
            "info.now",
            "info.uuid",
            "log.write",
            "state.delete",
            "state.delete_many",
            "state.get",
            "state.get_many",
            "state.set",
            "state.set_many");

    private final TestNode node = new TestNode();
    private final TestService runtime = TestService.runtime();

    HostCallTest() {
        node.provide(runtime);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private LoadedRelease relay(Grant... grants) {
        return node.load(RELAY, grants);
    }

    private LoadedRelease relayWithAll() {
        return relay(runtime(METHODS.toArray(String[]::new)));
    }

    private static void refused(Answer answer, int status, String text) {
        assertThat(answer.fallback()).isEqualTo(text);
        assertThat(answer.status()).isEqualTo(status);
    }

    private static String hex(PluginResponse response) {
        return HexFormat.of().formatHex(response.body());
    }

    @Test
    void aGrantedMethodAnswersAndItsPayloadIsWrapped() throws PluginCallException {
        PluginResponse response = TestNode.call(
                relay(runtime("info.now")), Guests.relayBody(1, false, 1, envelope("runtime", "info.now")));
        assertThat(hex(response)).isEqualTo("120f0a0d31373533323238383030313233");
    }

    @Test
    void anEmptySuccessIsZeroBytesAndAsksForNoMemory() throws PluginCallException {
        assertThat(hostCall(relay(runtime("state.set")), envelope("runtime", "state.set"))
                        .bytes())
                .isZero();
    }

    /** Never 3: the ten by ten matrix, each method alone granted. */
    @Test
    void onlyTheGrantedMethodAnswersAndTheNineOthersAreDeniedInTheContractsWords() throws PluginCallException {
        LoadedRelease relay = relay();
        for (String granted : METHODS) {
            relay.grants(List.of(runtime(granted)));
            for (String method : METHODS) {
                Answer answer = hostCall(relay, envelope("runtime", method));
                if (method.equals(granted)) {
                    assertThat(answer.status()).isZero();
                } else {
                    refused(
                            answer,
                            HostCallException.DENIED,
                            "plugin demo-plugin is not authorized for host service runtime." + method
                                    + " resource= table=");
                }
            }
        }
        assertThat(node.engine.metrics())
                .filteredOn(metric -> metric.name().equals("patchbay_denials_total"))
                .hasSize(10)
                .allSatisfy(metric -> assertThat(metric.value()).isEqualTo(9));
    }

    @Test
    void aDenialHasTheGoldenBytes() throws PluginCallException {
        PluginResponse response = TestNode.call(
                relay(runtime("info.now")), Guests.relayBody(1, false, 1, envelope("runtime", "info.uuid")));
        assertThat(hex(response))
                .startsWith("080112c2017b226572726f72436f6465223a22484f53545f43414c4c5f4341504142494c4954595f4445")
                .endsWith("207265736f757263653d207461626c653d227d");
    }

    @Test
    void withoutAnyGrantOfTheServiceTheCapabilityIsMissing() throws PluginCallException {
        refused(
                hostCall(relay(), envelope("runtime", "info.uuid")),
                HostCallException.DENIED,
                "plugin demo-plugin lacks capability host:runtime");
    }

    @Test
    void anUnknownMethodIsNotFoundEvenWithoutAnyGrant() throws PluginCallException {
        refused(
                hostCall(relay(), envelope("runtime", "info.unknown")),
                HostCallException.NOT_FOUND,
                "unsupported host service method: runtime.info.unknown");
        refused(
                hostCall(relay(), envelope("nobody", "does.it")),
                HostCallException.NOT_FOUND,
                "unsupported host service method: nobody.does.it");
    }

    @Test
    void anEmptyRequestIsAnEmptyEnvelopeWhateverThePointer() throws PluginCallException {
        for (boolean badPointer : new boolean[] {false, true}) {
            refused(
                    hostCall(relayWithAll(), 1, badPointer, 1, new byte[0]),
                    HostCallException.NOT_FOUND,
                    "unsupported host service method: .");
        }
    }

    @Test
    void aRequestOutsideMemoryCannotBeReadAndThatIsSaidBeforeTheOpcode() throws PluginCallException {
        refused(
                hostCall(relayWithAll(), 7, true, 1, envelope("runtime", "info.now")),
                HostCallException.INTERNAL_ERROR,
                "failed to read host call request from guest memory");
    }

    @Test
    void anUnknownOpcodeIsNamedInHexBeforeTheEnvelopeIsDecoded() throws PluginCallException {
        refused(
                hostCall(relayWithAll(), 2, false, 1, new byte[] {0x0a, 0x7f}),
                HostCallException.NOT_FOUND,
                "unknown host call opcode: 0x0002");
        refused(
                hostCall(relayWithAll(), 74_565, false, 1, envelope("runtime", "info.now")),
                HostCallException.NOT_FOUND,
                "unknown host call opcode: 0x12345");
        refused(
                hostCall(relayWithAll(), -1, false, 1, envelope("runtime", "info.now")),
                HostCallException.NOT_FOUND,
                "unknown host call opcode: 0xffffffff");
    }

    @Test
    void anEnvelopeThatDoesNotDecodeIsInvalidWithTheDecodersText() throws PluginCallException {
        Map<String, String> broken = Map.of(
                "0a7f", "failed to decode host service request service",
                "12ff", "failed to decode host service request method",
                "2a05", "failed to decode host service request payload",
                "00", "failed to decode host service request tag",
                "0f", "failed to skip unknown host service request field");
        for (Map.Entry<String, String> each : broken.entrySet()) {
            byte[] request = HexFormat.of().parseHex(each.getKey());
            Answer answer = hostCall(relayWithAll(), request);
            assertThat(answer.status()).isEqualTo(HostCallException.INVALID_REQUEST);
            assertThat(answer.fallback()).startsWith("failed to ");
        }
        refused(
                hostCall(relayWithAll(), HexFormat.of().parseHex("0a7f")),
                HostCallException.INVALID_REQUEST,
                "failed to decode host service request service");
    }

    @Test
    void namesInOtherCaseAreAuthorizedButNotRegistered() throws PluginCallException {
        refused(
                hostCall(relayWithAll(), envelope("RUNTIME", "INFO.NOW")),
                HostCallException.NOT_FOUND,
                "host service method not registered: RUNTIME.INFO.NOW");
    }

    @Test
    void aPaddedMethodPassesTheRegistryButNotTheService() throws PluginCallException {
        refused(
                hostCall(relayWithAll(), envelope("runtime", " info.now ")),
                HostCallException.NOT_FOUND,
                "unsupported runtime host service method:  info.now");
    }

    @Test
    void aPaddedServiceWorks() throws PluginCallException {
        assertThat(hostCall(relayWithAll(), 1, false, 3, envelope(" runtime ", "info.node"))
                        .status())
                .isZero();
    }

    @Test
    void aResourceOrATableOnAServiceWithoutResourcesIsDenied() throws PluginCallException {
        refused(
                hostCall(relayWithAll(), envelope("runtime", "info.now", "ref-1", "", "", "")),
                HostCallException.DENIED,
                "plugin demo-plugin is not authorized for host service runtime.info.now resource=ref-1 table=");
        refused(
                hostCall(relayWithAll(), envelope("runtime", "info.now", "", "sys_user", "", "")),
                HostCallException.DENIED,
                "plugin demo-plugin is not authorized for host service runtime.info.now resource= table=sys_user");
        assertThat(hostCall(relayWithAll(), envelope("runtime", "info.now", " ", "\t", "", ""))
                        .status())
                .as("blank is none")
                .isZero();
    }

    @Test
    void aVersionWithoutOwnerAndAnOwnerWithoutTheRestAreInvalid() throws PluginCallException {
        refused(
                hostCall(relayWithAll(), envelope("runtime", "info.now", "", "", "", "v1")),
                HostCallException.INVALID_REQUEST,
                "host service version requires owner");
        refused(
                hostCall(relayWithAll(), envelope("ai", "text.generate", "", "", "some-owner", "")),
                HostCallException.INVALID_REQUEST,
                "owner host service request requires owner, service, version, and method");
    }

    @Test
    void anOwnedServiceIsFoundInLowerCaseByItsLabelAndItsGrant() throws PluginCallException {
        byte[] request = envelope("AI", "text.Generate", "", "", "Some-Owner", "V1");
        refused(
                hostCall(relayWithAll(), request),
                HostCallException.NOT_FOUND,
                "owner host service method not registered: some-owner/ai/v1.text.generate");
        node.provide(new TestService("some-owner/ai/v1", ResourceKind.NONE)
                .method("text.generate", call -> call.response().string(1, "text")));
        refused(
                hostCall(relayWithAll(), request),
                HostCallException.DENIED,
                "plugin demo-plugin is not authorized for owner host service some-owner/ai/v1.text.generate");
        assertThat(hostCall(relay(Grant.of("some-owner/ai/v1", "text.generate")), request)
                        .status())
                .isZero();
    }

    @Test
    void aServiceWithResourcesAnswersOnlyForGrantedOnes() throws PluginCallException {
        List<String> asked = new ArrayList<>();
        node.provide(new TestService("cache", ResourceKind.REF).method("get", call -> asked.add(call.resourceRef())));
        LoadedRelease relay = relay(new Grant("cache", "get", List.of("mine", "ours")));
        assertThat(hostCall(relay, 1, false, 2, envelope("cache", "get", "mine", "", "", ""))
                        .status())
                .isZero();
        assertThat(hostCall(relay, envelope("cache", "get", "ours", "", "", "")).status())
                .isZero();
        refused(
                hostCall(relay, envelope("cache", "get", "theirs", "", "", "")),
                HostCallException.DENIED,
                "plugin demo-plugin is not authorized for host service cache.get resource=theirs table=");
        refused(
                hostCall(relay, envelope("cache", "get")),
                HostCallException.DENIED,
                "plugin demo-plugin is not authorized for host service cache.get resource= table=");
        assertThat(asked).containsExactly("mine", "mine", "ours");
    }

    @Test
    void aDenialComesBeforeThePayloadIsLookedAt() throws PluginCallException {
        byte[] request = withPayload("runtime", "state.get", new byte[] {0x01, (byte) 0xff});
        refused(
                hostCall(relay(runtime("info.now")), request),
                HostCallException.DENIED,
                "plugin demo-plugin is not authorized for host service runtime.state.get resource= table=");
    }

    /** The second call of the same bytes comes from the cache of routings and must see its own payload. */
    @Test
    void rememberedRoutingsSeeEachCallsOwnPayload() throws PluginCallException {
        List<String> seen = new ArrayList<>();
        node.provide(new TestService("echo", ResourceKind.NONE).method("say", call -> {
            byte[] text = new byte[call.payload().remaining()];
            System.arraycopy(call.payload().buffer(), call.payload().position(), text, 0, text.length);
            seen.add(new String(text, StandardCharsets.UTF_8));
            call.response().raw(text, 0, text.length);
        }));
        LoadedRelease relay = relay(Grant.of("echo", "say"));
        for (String text : List.of("a", "", "x".repeat(300))) {
            byte[] request = withPayload("echo", "say", text.getBytes(StandardCharsets.UTF_8));
            assertThat(hostCall(relay, 1, false, 3, request).payload()).isEqualTo(text);
        }
        assertThat(seen).hasSize(9);
        byte[] twice = new FieldWriter()
                .string(1, "echo")
                .string(2, "say")
                .string(5, "first")
                .string(5, "last")
                .toByteArray();
        assertThat(hostCall(relay, 1, false, 3, twice).payload()).isEqualTo("last");
        byte[] otherMethodLast = new FieldWriter()
                .string(1, "echo")
                .string(2, "say")
                .string(5, "p")
                .string(2, "shout")
                .toByteArray();
        refused(
                hostCall(relay, 1, false, 3, otherMethodLast),
                HostCallException.NOT_FOUND,
                "unsupported host service method: echo.shout");
    }

    @Test
    void aCallFromTheStartSectionHasNoContext() throws PluginCallException {
        byte[] module = Guests.relayFromStart(1, envelope("runtime", "info.now"));
        Answer answer = Answer.of(TestNode.call(node.load(module, runtime("info.now")), new byte[0])
                .body());
        refused(answer, HostCallException.INTERNAL_ERROR, "host call context not available");
    }

    @Test
    void aTypedRefusalOfAMethodReachesTheGuestAsItIs() throws PluginCallException {
        node.provide(new TestService("echo", ResourceKind.NONE).method("say", call -> {
            call.response().string(1, "half an answer");
            throw HostCallException.limitExceeded(255);
        }));
        Answer answer = hostCall(relay(Grant.of("echo", "say")), envelope("echo", "say"));
        assertThat(answer.status()).isEqualTo(HostCallException.INVALID_REQUEST);
        assertThat(answer.payload())
                .isEqualTo(
                        "{\"errorCode\":\"CAPABILITY_LIMIT_EXCEEDED\",\"messageKey\":\"error.capability.limit.exceeded\","
                                + "\"messageParams\":{\"limit\":255},\"fallback\":\"Capability request exceeds limit 255\"}");
    }

    /** Never 6. */
    @Test
    void whatAMethodThrowsStaysOnTheHostUnderAnIncident() throws PluginCallException {
        RuntimeException cause = new IllegalStateException("/secret/path of other-plugin");
        node.provide(new TestService("echo", ResourceKind.NONE)
                .method("say", call -> {
                    throw cause;
                })
                .method("load", call -> {
                    throw new NoClassDefFoundError("gone");
                }));
        LoadedRelease relay = relay(Grant.of("echo", "say"), Grant.of("echo", "load"));
        Answer answer = hostCall(relay, envelope("echo", "say"));
        assertThat(answer.status()).isEqualTo(HostCallException.INTERNAL_ERROR);
        assertThat(answer.payload())
                .isEqualTo(
                        "{\"errorCode\":\"HOST_CALL_INTERNAL_ERROR\",\"messageKey\":\"error.host_call.internal_error\","
                                + "\"messageParams\":{\"incident\":\"incident-1\"},\"fallback\":\"Host call failed\"}");
        assertThat(node.causes).containsExactly(cause);
        assertThat(node.incidents.get(0)).contains("echo.say", "demo-plugin");
        assertThat(hostCall(relay, envelope("echo", "load")).payload()).contains("incident-2");
    }

    @Test
    void anUnboundServiceOfABrokenBindAnswersWithAnIncident() throws PluginCallException {

        node.provide(new BrokenService());
        Answer answer = hostCall(relay(Grant.of("broken", "say")), envelope("broken", "say"));
        assertThat(answer.status()).isEqualTo(HostCallException.INTERNAL_ERROR);
        assertThat(answer.payload()).contains("\"incident\":\"incident-1\"").doesNotContain("cannot bind");
    }

    private static final class BrokenService implements HostService {
        @Override
        public HostServiceDescriptor descriptor() {
            return new HostServiceDescriptor("broken", ResourceKind.NONE, List.of("say"));
        }

        @Override
        public HostMethod bind(PluginContext plugin, String method) {
            throw new IllegalStateException("cannot bind");
        }
    }
}
