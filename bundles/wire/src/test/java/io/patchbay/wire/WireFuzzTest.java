// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WireFuzzTest {
    @Test
    void aMutatedMessageIsRefusedWithItsOwnErrorOrEncodesToItself() {
        WireFuzz fuzz = new WireFuzz(20260723);

        fuzz.run(200_000);

        assertThat(fuzz.accepted() + fuzz.refused()).isEqualTo(200_000);
        assertThat(fuzz.accepted()).isGreaterThan(20_000);
        assertThat(fuzz.refused()).isGreaterThan(20_000);
    }
}
