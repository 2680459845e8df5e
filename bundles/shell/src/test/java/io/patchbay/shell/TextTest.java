// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Amounts, and texts of strangers, as people see them. */
class TextTest {
    @Test
    void amountsAreInTheUnitThatFits() {
        assertThat(Quantity.bytes(1)).isEqualTo("1 byte");
        assertThat(Quantity.bytes(1_023)).isEqualTo("1023 bytes");
        assertThat(Quantity.bytes(1_536)).isEqualTo("1.5 KiB");
        assertThat(Quantity.bytes(16 << 20)).isEqualTo("16.0 MiB");
        assertThat(Quantity.millis(999)).isEqualTo("999 ms");
        assertThat(Quantity.millis(1_250)).isEqualTo("1.3 s");
        assertThat(Quantity.millis(200_000)).isEqualTo("3 min 20 s");
    }

    @Test
    void nothingOfAStrangersTextMovesTheCursorOrHides() {
        assertThat(Visible.of("a\r\nb\u0007\u009b\u2028\u200f\ufeff\ud800 \u00e9\u6f22"))
                .isEqualTo("a\\r\\nb\\u0007\\u009b\\u2028\\u200f\\ufeff\\ud800 \u00e9\u6f22");
    }

    @Test
    void aCutTextSaysSoAndCutsNoCharacterInTwo() {
        assertThat(Visible.of("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2)).isEqualTo("\ud83d\ude00\ud83d\ude00...");
        assertThat(Visible.of("abc", 3)).isEqualTo("abc");
    }
}
