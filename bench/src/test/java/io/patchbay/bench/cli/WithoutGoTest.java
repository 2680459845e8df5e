// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutGoTest {
    @TempDir
    Path folder;

    @Test
    void goIsHiddenAndEverythingElseIsFound() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path mixed = Files.createDirectory(folder.resolve("mixed"));
        for (String name : new String[] {"go", "gofmt", "git"}) {
            assertThat(Files.createFile(mixed.resolve(name)).toFile().setExecutable(true))
                    .isTrue();
        }
        Path scratch = Files.createDirectory(folder.resolve("scratch"));

        String[] path =
                WithoutGo.of(other + File.pathSeparator + mixed, scratch).split(File.pathSeparator);

        assertThat(path[0]).isEqualTo(other.toString());
        assertThat(Path.of(path[1], "git")).isExecutable();
        assertThat(Path.of(path[1], "go")).doesNotExist();
        assertThat(Path.of(path[1], "gofmt")).doesNotExist();
    }
}
