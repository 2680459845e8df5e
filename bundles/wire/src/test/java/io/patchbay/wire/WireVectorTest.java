// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The golden vectors of the messages (contract 2.11); {@code -Dpatchbay.vectors=FILE} takes another file. */
class WireVectorTest {
    @TestFactory
    Stream<DynamicTest> everyVectorHolds() throws IOException {
        return WireVectors.load().stream()
                .filter(vector -> !WireVectors.isElsewhere(vector))
                .map(vector ->
                        DynamicTest.dynamicTest(vector.get("id").getAsString(), () -> WireVectors.check(vector)));
    }

    @Test
    void anUnknownMessageFailsWithItsName() {
        JsonObject vector = new JsonObject();
        vector.addProperty("message", "Nonsense");

        assertThatThrownBy(() -> WireVectors.check(vector)).hasMessageContaining("Nonsense");
    }
}
