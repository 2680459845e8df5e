// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RequestEnvelopeTest {
    private final RequestEnvelope envelope = new RequestEnvelope();

    @Test
    void aRequestIsDecodedWhereItLies() throws MalformedMessageException {
        byte[] message = request("runtime", "state.get", new byte[] {1, 2, 3});
        byte[] shifted = new byte[message.length + 7];
        System.arraycopy(message, 0, shifted, 5, message.length);

        envelope.decode(shifted, 5, message.length);

        assertThat(envelope.service().contentEquals("runtime".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
        assertThat(envelope.method().text()).isEqualTo("state.get");
        assertThat(envelope.payload().buffer()).isSameAs(shifted);
        assertThat(envelope.payload().length()).isEqualTo(3);
        assertThat(envelope.table().isBlank()).isTrue();
    }

    @Test
    void nothingOfAnEarlierRequestStays() throws MalformedMessageException {
        byte[] first = request("runtime", "state.get", new byte[] {1});
        envelope.decode(first, 0, first.length);

        envelope.decode(new byte[0], 0, 0);

        assertThat(envelope.service().isEmpty()).isTrue();
        assertThat(envelope.payload().isEmpty()).isTrue();
        assertThat(envelope.routingLength()).isZero();
    }

    @Test
    void theRoutingBytesOfOneRequestServeTheNext() throws MalformedMessageException {
        byte[] first = request("runtime", "state.get", new byte[] {1});
        envelope.decode(first, 0, first.length);
        int routing = envelope.routingLength();
        byte[] next = request("runtime", "state.get", new byte[300]);

        assertThat(Arrays.equals(first, 0, routing, next, 0, routing)).isTrue();
        assertThat(envelope.decodePayload(next, routing, next.length - routing)).isTrue();
        assertThat(envelope.payload().length()).isEqualTo(300);
        assertThat(envelope.decodePayload(next, routing, 0)).isTrue();
        assertThat(envelope.payload().isEmpty()).isTrue();
    }

    @Test
    void whatIsNotExactlyOnePayloadIsLeftToTheFullDecoder() {
        assertThat(envelope.decodePayload(new byte[] {0x2a, 1, 9, 0x32, 0}, 0, 5))
                .isFalse();
        assertThat(envelope.decodePayload(new byte[] {0x2a, 2, 9}, 0, 3)).isFalse();
        assertThat(envelope.decodePayload(new byte[] {0x2a}, 0, 1)).isFalse();
        assertThat(envelope.decodePayload(new byte[] {0x2a, -1, -1, -1, -1, 1}, 0, 6))
                .isFalse();
        assertThat(envelope.decodePayload(new byte[] {0x32, 0}, 0, 2)).isFalse();
    }

    @Test
    void aPayloadThatIsRepeatedOrFollowedHasNoRoutingBytes() throws MalformedMessageException {
        byte[] repeated = {0x2a, 1, 9, 0x2a, 1, 8};
        envelope.decode(repeated, 0, repeated.length);
        assertThat(envelope.routingLength()).isEqualTo(-1);
        assertThat(envelope.payload().buffer()[envelope.payload().offset()]).isEqualTo((byte) 8);

        byte[] followed = {0x2a, 1, 9, 0x12, 1, 'm'};
        envelope.decode(followed, 0, followed.length);
        assertThat(envelope.routingLength()).isEqualTo(-1);
    }

    @Test
    void blankIsByTheContractsWhiteSpace() throws MalformedMessageException {
        byte[] message = {0x1a, 3, ' ', (byte) 0xC2, (byte) 0xA0, 0x22, 1, 0x1C};
        envelope.decode(message, 0, message.length);

        assertThat(envelope.resourceRef().isBlank()).isTrue();
        assertThat(envelope.table().isBlank()).isFalse();
    }

    @Test
    void aSuccessIsWrappedInPlaceAndAnEmptyOneIsNothing() throws MalformedMessageException {
        FieldWriter out = new FieldWriter();
        ResponseEnvelope.success(out);
        assertThat(out.size()).isZero();

        new ValueResponse("x".repeat(1000)).encode(out);
        ResponseEnvelope.success(out);
        HostCallResponse response = HostCallResponse.decode(new FieldReader(out.toByteArray()));
        assertThat(response.status()).isZero();
        assertThat(ValueResponse.decode(new FieldReader(response.payload())).value())
                .hasSize(1000);
    }

    @Test
    void anErrorReplacesWhatWasWritten() throws MalformedMessageException {
        FieldWriter out = new FieldWriter().string(1, "half an answer");

        ResponseEnvelope.error(out, HostCallException.limitExceeded(255));

        HostCallResponse response = HostCallResponse.decode(new FieldReader(out.toByteArray()));
        assertThat(response.status()).isEqualTo(3);
        assertThat(new String(response.payload(), StandardCharsets.UTF_8))
                .isEqualTo("{\"errorCode\":\"CAPABILITY_LIMIT_EXCEEDED\","
                        + "\"messageKey\":\"error.capability.limit.exceeded\",\"messageParams\":{\"limit\":255},"
                        + "\"fallback\":\"Capability request exceeds limit 255\"}");
    }

    @Test
    void aMalformedRequestNamesItsField() {
        byte[] message = {0x12, 5, 'a'};
        assertThatThrownBy(() -> envelope.decode(message, 0, message.length))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("failed to decode host service request method");
    }

    private static byte[] request(String service, String method, byte[] payload) {
        FieldWriter out = new FieldWriter();
        new HostServiceRequest(service, method, "", "", payload, "", "").encode(out);
        return out.toByteArray();
    }
}
