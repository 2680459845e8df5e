// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The WasmContainer vectors of the contract; {@code wasm-container-vectors.json} holds those of {@code vectors.json}. */
class WasmContainerVectorTest {
    @TestFactory
    Stream<DynamicTest> aVectorHolds() throws IOException {
        try (InputStream in = WasmContainerVectorTest.class.getResourceAsStream("/wasm-container-vectors.json")) {
            JsonElement all =
                    JsonParser.parseReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8));
            assertThat(all.getAsJsonArray()).hasSize(8);
            return StreamSupport.stream(all.getAsJsonArray().spliterator(), false)
                    .map(JsonElement::getAsJsonObject)
                    .map(vector -> DynamicTest.dynamicTest(vector.get("id").getAsString(), () -> check(vector)));
        }
    }

    private static void check(JsonObject vector) throws ArtifactException {
        byte[] bytes = HexFormat.of().parseHex(vector.get("hex").getAsString());
        String mode = vector.get("mode").getAsString();
        if (mode.equals("error")) {
            assertThatThrownBy(() -> WasmContainer.sections(bytes))
                    .isInstanceOf(ArtifactException.class)
                    .hasMessage(vector.get("error").getAsString());
            return;
        }
        Map<String, byte[]> expected = new LinkedHashMap<>();
        JsonObject sections = vector.getAsJsonObject("fields").getAsJsonObject("sections");
        sections.entrySet()
                .forEach(entry -> expected.put(
                        entry.getKey(), entry.getValue().getAsString().getBytes(StandardCharsets.UTF_8)));
        assertThat(WasmContainer.sections(bytes)).containsExactlyEntriesOf(expected);
        if (mode.equals("both")) {
            assertThat(WasmContainer.withSections(WasmContainer.emptyModule(), expected))
                    .isEqualTo(bytes);
        }
    }
}
