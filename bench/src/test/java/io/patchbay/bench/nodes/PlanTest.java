// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void mostTurnsWriteKeysThatNobodyElseWrites() {
        Set<String> keys = new HashSet<>();
        int turns = 0;
        for (int node = 0; node < 2; node++) {
            for (int writer = 0; writer < 3; writer++) {
                for (long turn = 0; turn < 100; turn++) {
                    if (Plan.at(turn) == Plan.What.NEW) {
                        turns++;
                        keys.add(new Plan(node, writer).newKey(turn));
                    }
                }
            }
        }
        assertThat(keys).hasSize(turns).hasSize(6 * 90);
    }

    @Test
    void theLastTurnOfAKindIsFoundFromTheEnd() {
        assertThat(Plan.last(Plan.What.PAIR, 100)).hasValue(50);
        assertThat(Plan.last(Plan.What.OWN, 100)).hasValue(90);
        assertThat(Plan.last(Plan.What.NEW, 100)).hasValue(99);
        assertThat(Plan.last(Plan.What.OWN, 5)).isEmpty();
    }

    @Test
    void whatAPairHoldsSaysWhoWroteItAndWhen() {
        assertThat(Plan.written(new Plan(1, 4).pairValue(50))).contains(new Plan.Written("n1w4", 50));
        assertThat(Plan.written("")).isEmpty();
        assertThat(Plan.written("n1w4:x")).isEmpty();
    }
}
