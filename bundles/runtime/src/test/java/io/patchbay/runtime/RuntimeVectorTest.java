// SPDX-License-Identifier: Apache-2.0
package io.patchbay.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.hostservice.HostCallException;
import io.patchbay.hostservice.PluginContext;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.provider.log.LogEntry;
import io.patchbay.wire.JsonRequest;
import io.patchbay.wire.RequestEnvelope;
import io.patchbay.wire.ResponseEnvelope;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The golden exchanges that reach this host service, and the golden log lines (contract 2.11). */
class RuntimeVectorTest {
    @TestFactory
    Stream<DynamicTest> everyLogLineHolds() throws IOException {
        return vectors("LogLine").map(vector -> DynamicTest.dynamicTest(id(vector), () -> checkLine(vector)));
    }

    @TestFactory
    Stream<DynamicTest> everyExchangeThatIsGrantedHolds() throws IOException {
        return vectors("HostCallExchange")
                .filter(RuntimeVectorTest::reachesTheService)
                .map(vector -> DynamicTest.dynamicTest(id(vector), () -> checkExchange(vector)));
    }

    @Test
    void mostExchangesReachTheService() throws IOException {
        assertThat(vectors("HostCallExchange").filter(RuntimeVectorTest::reachesTheService))
                .hasSizeGreaterThanOrEqualTo(25);
    }

    private static void checkLine(JsonObject vector) throws HostCallException {
        RuntimeFixture fixture = new RuntimeFixture();
        fixture.call("log.write", RuntimeFixture.hex(vector.get("hex").getAsString()));

        LogEntry entry = fixture.logged.get(0);
        JsonObject expected = vector.getAsJsonObject("expect");
        assertThat(entry.level().word()).isEqualTo(expected.get("level").getAsString());
        assertThat(entry.text()).isEqualTo(expected.get("text").getAsString());
    }

    private static void checkExchange(JsonObject vector) throws Exception {
        JsonObject fields = vector.getAsJsonObject("fields");
        RuntimeFixture fixture = new RuntimeFixture();
        fields.getAsJsonObject("state")
                .entrySet()
                .forEach(entry ->
                        fixture.store.of(0).put(entry.getKey(), entry.getValue().getAsString()));
        if (fields.has("fixed")) {
            fix(fixture, fields.getAsJsonObject("fixed"));
        }

        Call call = call(fields);
        TestCall host = new TestCall(call.payload, 0);
        FieldWriter out = host.response();
        try {
            fixture.runtime
                    .bind(new PluginContext("demo-plugin", "00", Set.of()), call.method)
                    .call(host);
            ResponseEnvelope.success(out);
        } catch (HostCallException e) {
            ResponseEnvelope.error(out, e);
        }

        assertThat(HexFormat.of().formatHex(out.toByteArray()))
                .isEqualTo(vector.get("hex").getAsString());
        if (fields.has("stateAfter")) {
            Map<String, String> expected = new TreeMap<>();
            fields.getAsJsonObject("stateAfter")
                    .entrySet()
                    .forEach(entry ->
                            expected.put(entry.getKey(), entry.getValue().getAsString()));
            assertThat(fixture.store.of(0)).isEqualTo(expected);
        }
    }

    private static void fix(RuntimeFixture fixture, JsonObject fixed) {
        if (fixed.has("nowMillis")) {
            long now = fixed.get("nowMillis").getAsLong();
            fixture.clock.plugIn(() -> now);
        }
        if (fixed.has("uuid")) {
            String uuid = fixed.get("uuid").getAsString();
            fixture.uuid.plugIn(() -> uuid);
        }
        if (fixed.has("hostname")) {
            String name = fixed.get("hostname").getAsString();
            fixture.node.plugIn(() -> name);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // nothing compares it
    private record Call(String method, byte[] payload) {}

    private static Call call(JsonObject fields) throws MalformedMessageException {
        if (fields.has("requestGenerator")) {
            JsonObject generator = fields.getAsJsonObject("requestGenerator");
            String json = generator.get("json").getAsString().replaceAll("<.*>", "\"" + "x".repeat(1_048_577) + "\"");
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            return new Call(
                    generator.get("method").getAsString(),
                    RuntimeFixture.bytes(out -> new JsonRequest(bytes).encode(out)));
        }
        RequestEnvelope envelope = new RequestEnvelope();
        byte[] request = RuntimeFixture.hex(fields.get("requestHex").getAsString());
        envelope.decode(request, 0, request.length);
        int start = envelope.payload().offset();
        byte[] payload = Arrays.copyOfRange(
                envelope.payload().buffer(), start, start + envelope.payload().length());
        return new Call(envelope.method().text(), payload);
    }

    /** Whether the dispatcher in front of this service would let the call through. */
    private static boolean reachesTheService(JsonObject vector) {
        JsonObject fields = vector.getAsJsonObject("fields");
        if (vector.has("noContext")
                || vector.has("badPointer")
                || fields.get("opcode").getAsInt() != 1) {
            return false;
        }
        if (fields.has("requestGenerator")) {
            return true;
        }
        RequestEnvelope envelope = new RequestEnvelope();
        byte[] request = RuntimeFixture.hex(fields.get("requestHex").getAsString());
        try {
            envelope.decode(request, 0, request.length);
        } catch (MalformedMessageException e) {
            return false;
        }
        boolean routed = envelope.service().text().equals("runtime")
                && envelope.owner().isBlank()
                && envelope.table().isBlank()
                && envelope.resourceRef().isBlank();
        return routed && granted(fields).contains(envelope.method().text());
    }

    private static List<String> granted(JsonObject fields) {
        return fields.getAsJsonArray("grants").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(grant -> grant.get("service").getAsString().equals("runtime"))
                .flatMap(grant -> grant.getAsJsonArray("methods").asList().stream())
                .map(JsonElement::getAsString)
                .toList();
    }

    private static String id(JsonObject vector) {
        return vector.get("id").getAsString();
    }

    private static Stream<JsonObject> vectors(String message) throws IOException {
        try (InputStream in = RuntimeVectorTest.class.getResourceAsStream("/vectors.json")) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonArray()
                    .asList()
                    .stream()
                    .map(JsonElement::getAsJsonObject)
                    .filter(vector -> vector.get("message").getAsString().equals(message));
        }
    }
}
