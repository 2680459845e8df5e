// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FigureTest {
    @Test
    void theLineHasSixColumns() {
        assertThat(new Figure("run", "p50", 1.5, "us", Target.atMost(2)).line()).isEqualTo("run p50 1.5 us <=2 ok");
        assertThat(new Figure("run", "p50", 2.5, "us", Target.atMost(2)).line()).isEqualTo("run p50 2.5 us <=2 MISSED");
        assertThat(new Figure("run", "rate", 12345.6, "1/s", Target.atLeast(10000)).line())
                .isEqualTo("run rate 12346 1/s >=10000 ok");
        assertThat(new Figure("run", "lost", 0, "count", Target.exactly(0)).line())
                .isEqualTo("run lost 0 count =0 ok");
        assertThat(new Figure("run", "seen", 0.000123456, "s", Target.none()).line())
                .isEqualTo("run seen 0.0001235 s - ok");
    }

    @Test
    void whatIsNoNumberMeetsNoTarget() {
        assertThat(new Figure("run", "p50", Double.NaN, "us", Target.none()).isMet())
                .isFalse();
        assertThat(new Figure("run", "p50", Double.NaN, "us", Target.atMost(2)).isMet())
                .isFalse();
    }

    @Test
    void aColumnIsOneWord() {
        assertThatThrownBy(() -> new Figure("run", "two words", 1, "us", Target.none()))
                .hasMessageContaining("\"two words\"");
    }
}
