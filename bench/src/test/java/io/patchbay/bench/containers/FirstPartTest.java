// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FirstPartTest {
    @TempDir
    Path folder;

    @Test
    void theCommandsOfTheFirstSectionCount() throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                # Page

                ## First

                ```console
                $ one a \\
                > b
                answer
                $ two
                ```

                ```sh
                $ for people
                ```

                ## Second

                ```console
                $ three
                ```
                """);

        FirstPart part = FirstPart.of(page);

        assertThat(part.commands()).containsExactly("one a b", "two");
        assertThat(part.text()).contains("## First").doesNotContain("three");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a; b", "a && b", "a | b", "a &", "a $(b)", "a <b", "client \"one; two\"", "client \"`a`\""})
    void whatIsMoreThanOneProcessIsSeen(String command) {
        assertThat(FirstPart.isSeveral(command)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "sed 's|^a = |&b|' c", "client \"one two --three\""})
    void oneProcessIsOne(String command) {
        assertThat(FirstPart.isSeveral(command)).isFalse();
    }
}
