// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StampTest {
    @TempDir
    Path folder;

    @Test
    void anythingThatIsWrittenInAFolderShows() throws IOException {
        Path plugin = Files.createDirectories(folder.resolve("plugin/inner")).getParent();
        Path file = Files.writeString(plugin.resolve("inner/file"), "one");
        Stamp before = Stamp.of(plugin);

        assertThat(Stamp.of(plugin)).isEqualTo(before);
        Files.writeString(file, "longer");

        assertThat(Stamp.of(plugin)).isNotEqualTo(before);
    }

    @Test
    void aFileThatIsRenamedOverAnotherShowsEvenWithItsSizeAndTime() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "one");
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Stamp before = Stamp.of(file);

        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(Stamp.of(file)).isNotEqualTo(before);
    }
}
