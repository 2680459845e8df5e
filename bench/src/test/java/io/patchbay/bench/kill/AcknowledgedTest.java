// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgedTest {
    private final Acknowledged record = new Acknowledged();

    @Test
    void whatIsFoundAgainIsNotLost() {
        record.take(List.of("ready", "ack a 1", "ack b 2", "ack a 3"));
        record.take(List.of("state a 3", "state b 2", "ready"));
        assertThat(record.lost()).isZero();
        assertThat(record.acknowledged()).isEqualTo(3);
    }

    @Test
    void aLaterValueThatWasOnItsWayIsNoLoss() {
        record.take(List.of("ready", "ack a 1"));
        record.take(List.of("state a 2", "ready"));
        assertThat(record.lost()).isZero();
    }

    @Test
    void anOlderValueAndAMissingKeyAreLosses() {
        record.take(List.of("ready", "ack a 1", "ack a 2", "ack b 3"));
        record.take(List.of("state a 1", "ready"));
        assertThat(record.lost()).isEqualTo(2);
    }

    @Test
    void aRefusedWriteIsCounted() {
        record.take(List.of("ready", "refused a 1"));
        assertThat(record.refused()).isEqualTo(1);
    }
}
