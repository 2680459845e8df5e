// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MomentTest {
    private static final RegistryCopy BEFORE = registry("sqlite", 1, "UNDONE");

    private static RegistryCopy registry(String owner, long move, String phase) {
        return new RegistryCopy(List.of(owner), move, phase, "sqlite", "postgres");
    }

    @ParameterizedTest
    @CsvSource({
        "copying, COPYING",
        "comparing, COMPARING",
        "catching-up, CATCHING_UP",
        "holding, HOLDING",
        "handing-over, HOLDING",
        "beginning, BEGINNING"
    })
    void whileTheSourceOwnsTheLastStepDecides(String step, Moment moment) {
        assertThat(Moment.of(registry("sqlite", 2, "COPYING"), BEFORE, step)).isEqualTo(moment);
    }

    @Test
    void onceTheTargetOwnsTheRecordOfOwnersDecides() {
        assertThat(Moment.of(registry("postgres", 2, "COPYING"), BEFORE, "holding"))
                .isEqualTo(Moment.OWNER_CHANGED);
    }

    @Test
    void onceTheJournalSaysSoItIsDone() {
        assertThat(Moment.of(registry("postgres", 2, "MOVED"), BEFORE, "handing-over"))
                .isEqualTo(Moment.DONE);
    }

    @Test
    void whatWasDoneBeforeWasNotDoneNow() {
        RegistryCopy done = registry("postgres", 1, "MOVED");
        assertThat(Moment.of(done, done, "")).isEqualTo(Moment.BEGINNING);
    }
}
