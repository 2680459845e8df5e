// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.bench.restart.Tally.Event;
import org.junit.jupiter.api.Test;

class PossibleTest {
    private final Possible possible = new Possible();

    @Test
    void theLastAcknowledgedWriteIsRight() {
        possible.acknowledged(1);
        possible.acknowledged(2);
        assertThat(possible.read(2)).isEmpty();
    }

    @Test
    void aWriteInDoubtIsThereOrNotAndThenStaysSo() {
        possible.acknowledged(1);
        possible.inDoubt(2);
        assertThat(possible.read(2)).isEmpty();
        assertThat(possible.read(1)).contains(Event.LOST);
    }

    @Test
    void anOlderNumberIsALoss() {
        possible.acknowledged(7);
        assertThat(possible.read(0)).contains(Event.LOST);
    }

    @Test
    void aWriteThatWasSaidNotToBeDoneMustNotBeThere() {
        possible.acknowledged(7);
        assertThat(possible.read(8)).contains(Event.PHANTOM);
    }
}
