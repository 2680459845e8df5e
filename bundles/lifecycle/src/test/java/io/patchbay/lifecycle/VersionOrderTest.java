// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private final VersionOrder order = new VersionOrder();

    @Test
    void numbersAreComparedAsNumbers() {
        assertThat(order.compare("1.10.0", "1.9.9")).isPositive();
        assertThat(order.compare("v2.0.0", "10.0.0")).isNegative();
        assertThat(order.compare("99999999999999999999.0.0", "1.0.0")).isPositive();
    }

    @Test
    void prefixAndPreReleaseDoNotCount() {
        assertThat(order.compare("v1.2.3-rc1", "1.2.3")).isZero();
        assertThat(order.compare("1.2.3-rc2", "1.2.3-rc1")).isZero();
    }
}
