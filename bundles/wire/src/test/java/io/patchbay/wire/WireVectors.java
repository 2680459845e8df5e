// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.hostservice.codec.MalformedMessageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The golden vectors (contract 2.11), and the check of those that are messages. */
public final class WireVectors {
    /** Vectors of other rooms: artifacts, the text of a log line, whole host calls. */
    private static final Set<String> ELSEWHERE = Set.of("WasmContainer", "LogLine", "HostCallExchange");

    private WireVectors() {}

    /** All vectors: the project's, or those of the file that {@code -Dpatchbay.vectors} names. */
    public static List<JsonObject> load() throws IOException {
        String file = System.getProperty("patchbay.vectors", "");
        try (InputStream in = file.isEmpty()
                ? WireVectors.class.getResourceAsStream("/vectors.json")
                : Files.newInputStream(find(Path.of(file)))) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonArray()
                    .asList()
                    .stream()
                    .map(JsonElement::getAsJsonObject)
                    .toList();
        }
    }

    /** Tests run in the folder of their module; a relative path may be meant from the root of the checkout. */
    private static Path find(Path file) throws FileNotFoundException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve(file))) {
                return folder.resolve(file);
            }
        }
        throw new FileNotFoundException("-Dpatchbay.vectors=" + file + ": there is no such file");
    }

    /** Whether a vector is none of the messages that {@link #check} knows, but one of another room. */
    public static boolean isElsewhere(JsonObject vector) {
        return ELSEWHERE.contains(text(vector, "message"));
    }

    /** Checks one vector in its mode; fails with the name of a message or mode that it does not know. */
    public static void check(JsonObject vector) throws MalformedMessageException {
        if (text(vector, "message").equals("PackedI64")) {
            checkPacked(vector);
            return;
        }
        checkMessage(WireMessage.named(text(vector, "message")), vector);
    }

    private static <T> void checkMessage(WireMessage<T> message, JsonObject vector) throws MalformedMessageException {
        byte[] bytes = HexFormat.of().parseHex(text(vector, "hex"));
        switch (text(vector, "mode")) {
            case "both" -> {
                assertEncodes(message, vector);
                assertSame(message.decode(bytes), fields(message, vector, "fields"));
            }
            case "encode" -> {
                assertEncodes(message, vector);
                assertSame(message.decode(bytes), fields(message, vector, "decoded"));
            }
            case "decode" -> assertSame(message.decode(bytes), fields(message, vector, "fields"));
            case "error" ->
                assertThatThrownBy(() -> message.decode(bytes))
                        .isInstanceOf(MalformedMessageException.class)
                        .hasMessage(text(vector, "error"));
            default -> throw new AssertionError("unknown mode '" + text(vector, "mode") + "'");
        }
    }

    private static <T> T fields(WireMessage<T> message, JsonObject vector, String member) {
        return JsonRecords.build(message.type(), vector.getAsJsonObject(member));
    }

    private static <T> void assertEncodes(WireMessage<T> message, JsonObject vector) {
        byte[] encoded = message.encode(fields(message, vector, "fields"));
        assertThat(HexFormat.of().formatHex(encoded)).isEqualTo(text(vector, "hex"));
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
}
