// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RestartsTest {
    private static final String UNDER_WAY = "was under way when the node ended: provider 'sqlite' owns the data";

    private final Restarts restarts = new Restarts();

    private static Found found(String... lines) {
        return Found.in(List.of(lines));
    }

    private static Found found(String owner, String marker, String move) {
        return found("cold " + MovingNode.COLD, "owner " + owner, "marker " + marker, "move " + move, "ready");
    }

    private static RegistryCopy left(String phase, String... owners) {
        return new RegistryCopy(List.of(owners), 7, phase, "sqlite", "postgres");
    }

    @Test
    void oneOwnerWithEverythingAndAWordAboutTheMoveIsRight() {
        restarts.judge(found("sqlite", "sqlite", "7 interrupted " + UNDER_WAY), left("COPYING", "sqlite"));
        restarts.judge(
                found("postgres", "postgres", "7 moved was done when the node ended"), left("COPYING", "postgres"));
        restarts.judge(found("sqlite", "sqlite", "7 interrupted stopped: server gone"), left("INTERRUPTED", "sqlite"));
        assertThat(restarts.unfinished()).isEqualTo(3);
        assertThat(restarts.silent() + restarts.wrongOwners() + restarts.servedByAnother() + restarts.coldLost())
                .isZero();
    }

    @Test
    void aRestartThatSaysNothingIsCounted() {
        restarts.judge(found("sqlite", "sqlite", "7 copying begun"), left("COPYING", "sqlite"));
        restarts.judge(found("sqlite", "sqlite", "6 moved done"), left("COPYING", "sqlite"));
        assertThat(restarts.silent()).isEqualTo(2);
    }

    @Test
    void aWriteInTwoStoresOrInNoneMeansThatThereIsNotOneOwner() {
        restarts.judge(found("sqlite", "sqlite postgres", "7 moved done"));
        restarts.judge(found("sqlite", "", "7 moved done"));
        assertThat(restarts.wrongOwners()).isEqualTo(2);
    }

    @Test
    void anotherThanTheRecordedOwnerMustNotServe() {
        restarts.judge(found("postgres", "postgres", "7 moved done"), left("MOVED", "sqlite"));
        assertThat(restarts.servedByAnother()).isEqualTo(1);
    }

    @Test
    void keysThatNobodyChangedAreCountedWhenTheyAreGone() {
        restarts.judge(found("cold " + (MovingNode.COLD - 3), "owner sqlite", "marker sqlite", "ready"));
        assertThat(restarts.coldLost()).isEqualTo(3);
    }
}
