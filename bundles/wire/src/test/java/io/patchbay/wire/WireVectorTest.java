// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The golden vectors of the messages (contract 2.11); {@code -Dpatchbay.vectors=FILE} takes another file. */
class WireVectorTest {
    /** Vectors of other rooms: artifacts, the text of a log line, whole host calls. */
    private static final Set<String> ELSEWHERE = Set.of("WasmContainer", "LogLine", "HostCallExchange");

    @TestFactory
    Stream<DynamicTest> everyVectorHolds() throws IOException {
        return vectors().stream()
                .filter(vector -> !ELSEWHERE.contains(text(vector, "message")))
                .map(vector -> DynamicTest.dynamicTest(text(vector, "id"), () -> check(vector)));
    }

    @Test
    void anUnknownMessageFailsWithItsName() {
        assertThatThrownBy(() -> WireMessage.named("Nonsense")).hasMessageContaining("Nonsense");
    }

    private static void check(JsonObject vector) throws MalformedMessageException {
        if (text(vector, "message").equals("PackedI64")) {
            checkPacked(vector);
            return;
        }
        checkMessage(WireMessage.named(text(vector, "message")), vector);
    }

    private static <T> void checkMessage(WireMessage<T> message, JsonObject vector) throws MalformedMessageException {
        byte[] bytes = HexFormat.of().parseHex(text(vector, "hex"));
        T fields = JsonRecords.build(message.type(), vector.getAsJsonObject("fields"));
        switch (text(vector, "mode")) {
            case "both" -> {
                assertThat(HexFormat.of().formatHex(message.encode(fields))).isEqualTo(text(vector, "hex"));
                assertSame(message.decode(bytes), fields);
            }
            case "encode" -> {
                assertThat(HexFormat.of().formatHex(message.encode(fields))).isEqualTo(text(vector, "hex"));
                assertSame(message.decode(bytes), JsonRecords.build(message.type(), vector.getAsJsonObject("decoded")));
            }
            case "decode" -> assertSame(message.decode(bytes), fields);
            case "error" ->
                assertThatThrownBy(() -> message.decode(bytes))
                        .isInstanceOf(MalformedMessageException.class)
                        .hasMessage(text(vector, "error"));
            default -> throw new AssertionError("unknown mode '" + text(vector, "mode") + "'");
        }
    }

    private static void checkPacked(JsonObject vector) {
        JsonObject fields = vector.getAsJsonObject("fields");
        long pointer = fields.get("pointer").getAsLong();
        long length = fields.get("length").getAsLong();
        long packed = PackedRange.pack((int) pointer, (int) length);
        assertThat("%016x".formatted(packed)).isEqualTo(text(vector, "hex"));
        assertThat(Long.toString(packed)).isEqualTo(text(fields, "signed"));
        assertThat(Long.toUnsignedString(packed)).isEqualTo(text(fields, "unsigned"));
        assertThat(PackedRange.pointer(packed)).isEqualTo(pointer);
        assertThat(PackedRange.length(packed)).isEqualTo(length);
    }

    private static void assertSame(Object actual, Object expected) {
        assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private static List<JsonObject> vectors() throws IOException {
        String file = System.getProperty("patchbay.vectors", "");
        try (InputStream in = file.isEmpty()
                ? WireVectorTest.class.getResourceAsStream("/vectors.json")
                : Files.newInputStream(Path.of(file))) {
            JsonArray array = JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonArray();
            return array.asList().stream()
                    .map(vector -> vector.getAsJsonObject())
                    .toList();
        }
    }
}
