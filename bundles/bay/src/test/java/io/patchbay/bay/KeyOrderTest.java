// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    @Test
    void keysAreOrderedAsTheirUtf8BytesAre() {
        List<String> keys = List.of(
                "",
                "\0",
                "a",
                "ab",
                "b",
                "\u007f",
                "\u0080",
                "\ud7ff",
                "\ue000",
                "\uffff",
                "\ud800\udc00",
                "\udbff\udfff",
                "\ud83d\ude00",
                "a\uffff",
                "a\ud83d\ude00");
        for (String one : keys) {
            for (String other : keys) {
                int bytes = Arrays.compareUnsigned(
                        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
                assertThat(Integer.signum(KeyOrder.BY_UTF_8.compare(one, other)))
                        .as(one + " and " + other)
                        .isEqualTo(Integer.signum(bytes));
            }
        }
    }
}
