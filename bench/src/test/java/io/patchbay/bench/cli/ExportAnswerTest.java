// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ExportAnswerTest {
    private static final String FIRST =
            "{\"taskId\":\"manual\",\"previousExport\":null,\"now\":\"2026\",\"id\":\"i\",\"node\":\"n\"}";

    @Test
    void theFirstAnswerRemembersNothing() {
        assertThat(ExportAnswer.parse(FIRST)).isEqualTo(new ExportAnswer("", "2026"));
    }

    @Test
    void aLaterAnswerRemembersTheOneBefore() {
        assertThat(ExportAnswer.parse(FIRST.replace("null", "\"2025\"")).previousExport())
                .isEqualTo("2025");
    }

    @Test
    void anythingElseOnStandardOutputIsRefused() {
        assertThatThrownBy(() -> ExportAnswer.parse("compiling\n" + FIRST)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ExportAnswer.parse(FIRST + "\n" + FIRST)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ExportAnswer.parse(FIRST.replace("\"id\"", "\"more\"")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ExportAnswer.parse("")).isInstanceOf(AssertionError.class);
    }
}
