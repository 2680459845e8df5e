// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bench.pause.Stalls.Stall;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallsTest {
    private static final long MARGIN = Stalls.MARGIN_NANOS;

    @Test
    void aCallIsNearAStallFromAMarginBeforeItToAMarginAfterIt() {
        Stalls stalls = Stalls.of(List.of(new Stall(10 * MARGIN, 11 * MARGIN)));

        assertThat(stalls.near(9 * MARGIN - 1)).isFalse();
        assertThat(stalls.near(9 * MARGIN)).isTrue();
        assertThat(stalls.near(12 * MARGIN)).isTrue();
        assertThat(stalls.near(12 * MARGIN + 1)).isFalse();
    }

    @Test
    void aShortStallWithinALongOneOfAnotherProcessorEndsNothing() {
        Stalls stalls = Stalls.of(List.of(new Stall(12 * MARGIN, 13 * MARGIN), new Stall(10 * MARGIN, 20 * MARGIN)));

        assertThat(stalls.near(18 * MARGIN)).isTrue();
        assertThat(stalls.near(22 * MARGIN)).isFalse();
    }

    @Test
    void noCallIsNearAnythingWhenNothingWasSeen() {
        assertThat(StallWatch.none().stalls().near(0)).isFalse();
    }

    @Test
    void theProcessorsAreThoseOfTheKernelsList() {
        assertThat(StallWatch.processors("Name:\tjava\nCpus_allowed_list:\t0-1,4\n"))
                .containsExactly(0, 1, 4);
    }
}
