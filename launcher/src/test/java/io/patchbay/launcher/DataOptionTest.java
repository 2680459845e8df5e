// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataOptionTest {
    private static final Path HERE = Path.of("/here");

    @Test
    void theOptionWinsOverTheVariable() throws Exception {
        assertThat(choose("/variable", "run", "x", "--data", "/option")).isEqualTo(Path.of("/option"));
        assertThat(choose("/variable", "run", "x", "--data=/option")).isEqualTo(Path.of("/option"));
    }

    @Test
    void theVariableWinsOverTheDefault() throws Exception {
        assertThat(choose("/variable", "run", "x")).isEqualTo(Path.of("/variable"));
    }

    @Test
    void theDefaultIsAHiddenFolderOfTheWorkingDirectory() throws Exception {
        assertThat(choose("", "run", "x")).isEqualTo(Path.of("/here/.patchbay"));
        assertThat(DataOption.choose(new String[0], Map.of(), HERE)).isEqualTo(Path.of("/here/.patchbay"));
    }

    @Test
    void aRelativeFolderIsMadeAbsolute() throws Exception {
        assertThat(choose("", "run", "--data", "a/../b")).isEqualTo(Path.of("/here/b"));
    }

    @Test
    void whatFollowsTwoDashesIsNoOption() throws Exception {
        assertThat(choose("", "run", "--", "--data", "/option")).isEqualTo(Path.of("/here/.patchbay"));
    }

    @Test
    void anOptionWithoutFolderIsRefused() {
        assertThatThrownBy(() -> choose("", "run", "--data")).hasMessageContaining("--data needs a folder");
        assertThatThrownBy(() -> choose("", "run", "--data=")).hasMessageContaining("--data names no folder");
    }

    @Test
    void aNameThatCannotBeAFolderIsQuotedAndBounded() {
        assertThatThrownBy(() -> choose("", "run", "--data", "\0" + "x".repeat(1000)))
                .isInstanceOf(UsageException.class)
                .message()
                .hasSizeLessThan(300);
    }

    private static Path choose(String variable, String... args) throws UsageException {
        return DataOption.choose(args, Map.of("PATCHBAY_DATA", variable), HERE);
    }
}
