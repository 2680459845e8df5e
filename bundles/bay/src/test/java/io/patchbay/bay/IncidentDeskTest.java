// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IncidentDeskTest {
    private final List<String> lines = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();
    private final IncidentDesk desk = new IncidentDesk(
            new IncidentLog() {
                @Override
                public void incident(String id, String text, @Nullable Throwable cause) {
                    lines.add(id + " " + text);
                }

                @Override
                public void warning(String text, @Nullable Throwable cause) {}
            },
            (delay, task) -> timers.add(task));

    @Test
    void theSameFailureIsOneIncidentWithOneLineAndACountAtItsEnd() {
        String first = desk.report("jdbc failed", new IllegalStateException("down"));
        String second = desk.report("jdbc failed", new IllegalStateException("down"));
        desk.report("jdbc failed", new IllegalStateException("down"));

        assertThat(second).isEqualTo(first);
        assertThat(lines).containsExactly(first + " jdbc failed");

        timers.get(0).run();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).isEqualTo(first + " the same happened 2 times more: jdbc failed");
        assertThat(desk.report("jdbc failed", new IllegalStateException("down")))
                .isNotEqualTo(first);
    }

    @Test
    void otherFailuresHaveTheirOwnIds() {
        String down = desk.report("jdbc failed", new IllegalStateException("down"));
        assertThat(desk.report("jdbc failed", new IllegalStateException("full")))
                .isNotEqualTo(down);
        assertThat(desk.report("redis failed", null)).isNotEqualTo(down);
        assertThat(lines).hasSize(3);
    }

    @Test
    void withTooManyAtOnceTheOldestEndsEarlyAndEveryIdIsInTheLog() {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            told.add(desk.report("failure " + i, null));
            told.add(desk.report("failure " + i, null));
        }
        assertThat(told).allMatch(id -> lines.stream().anyMatch(line -> line.startsWith(id)));
    }
}
