// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void whatRisesEvenlyHasThatSlope() {
        Line line = Line.through(new double[] {10, 12, 14, 16});

        assertThat(line.slope()).isCloseTo(2, within(1e-9));
        assertThat(line.mean()).isCloseTo(13, within(1e-9));
    }

    @Test
    void oneFigureThatStandsOutInTheMiddleIsNoSlope() {
        assertThat(Line.through(new double[] {10, 10, 90, 10, 10}).slope()).isCloseTo(0, within(1e-9));
    }

    @Test
    void oneFigureAloneIsLevel() {
        assertThat(Line.through(new double[] {7})).isEqualTo(new Line(0, 7));
    }
}
