// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.admin.AdminException;
import io.patchbay.provider.ProviderException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFolderTest {
    @TempDir
    Path temp;

    @Test
    void itIsMadeWithItsParentsForItsOwnerAlone() throws Exception {
        Path path = temp.resolve("a/b");
        try (NodeFolder folder = NodeFolder.open(path)) {
            Path sub = folder.folder("io.patchbay.state.sqlite");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sub)))
                    .isEqualTo("rwx------");
            assertThat(sub).isEqualTo(path.resolve("bundles/io.patchbay.state.sqlite"));
            assertThat(folder.readOnly()).isFalse();
        }
    }

    @Test
    void aSecondFrameworkInThisProcessIsRefusedByFolderAndPid() throws Exception {
        try (NodeFolder folder = NodeFolder.open(temp)) {
            assertThat(folder.root()).isEqualTo(temp.toAbsolutePath());
            assertThatThrownBy(() -> NodeFolder.open(temp))
                    .isInstanceOfSatisfying(
                            AdminException.class,
                            refusal -> assertThat(refusal.problem()).isEqualTo(AdminException.Problem.UNAVAILABLE))
                    .hasMessageContaining(temp.toString())
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
    }

    @Test
    void afterCloseItCanBeOpenedAgain() throws Exception {
        NodeFolder.open(temp).close();
        NodeFolder again = NodeFolder.open(temp);
        again.close();
        assertThat(Files.readString(temp.resolve(NodeLock.FILE)))
                .isEqualTo("pid " + ProcessHandle.current().pid() + "\n");
    }

    @Test
    void aRefusedSecondOpenDoesNotDropTheFirstOnesLock() throws Exception {
        try (NodeFolder folder = NodeFolder.open(temp)) {
            assertThat(folder.readOnly()).isFalse();
            assertThatThrownBy(() -> NodeFolder.open(temp)).isInstanceOf(AdminException.class);
            assertThatThrownBy(() -> NodeFolder.open(temp)).isInstanceOf(AdminException.class);
            assertThat(OtherProcess.tryLock(temp))
                    .contains("is in use by another node (pid "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void aFileInItsPlaceIsRefused() throws Exception {
        Path file = Files.writeString(temp.resolve("data"), "x");
        assertThatThrownBy(() -> NodeFolder.open(file)).hasMessageContaining("is not a folder");
        assertThatThrownBy(() -> NodeFolder.open(file.resolve("below"))).hasMessageContaining("cannot be made");
    }

    @Test
    void aNameThatIsNoSymbolicNameIsRefused() throws Exception {
        try (NodeFolder folder = NodeFolder.open(temp)) {
            for (String name : new String[] {"", "..", "a/b", "../x", "a..b", "a\nb"}) {
                assertThatThrownBy(() -> folder.folder(name)).isInstanceOf(ProviderException.class);
            }
        }
    }

    @Test
    void aReadOnlyFolderIsRefusedWhileANodeWritesIt() throws Exception {
        try (NodeFolder writer = NodeFolder.open(temp)) {
            assertThatThrownBy(() -> NodeFolder.readOnly(writer.root())).hasMessageContaining("is in use by");
        }
        try (NodeFolder reader = NodeFolder.readOnly(temp)) {
            assertThat(reader.readOnly()).isTrue();
            assertThat(reader.folder("io.patchbay.x")).doesNotExist();
        }
    }

    @Test
    void closingTwiceLeavesTheNextHoldersLock() throws Exception {
        NodeFolder first = NodeFolder.open(temp);
        first.close();
        try (NodeFolder second = NodeFolder.open(temp)) {
            first.close();
            assertThatThrownBy(() -> NodeFolder.open(second.root())).hasMessageContaining("is in use by");
        }
    }

    /** For root, who writes whatever the mode says, no folder is read-only by its mode. */
    @Test
    void aFolderIsReadOnlyExactlyWhenThisUserCannotWriteIt() throws Exception {
        NodeFolder.open(temp).close();
        assertThat(temp.toFile().setWritable(false)).isTrue();
        try {
            boolean writable = Files.isWritable(temp);
            try (NodeFolder folder = NodeFolder.open(temp)) {
                assertThat(folder.readOnly()).isEqualTo(!writable);
                assertThat(Files.exists(folder.folder("io.patchbay.x"))).isEqualTo(writable);
            }
        } finally {
            assertThat(temp.toFile().setWritable(true)).isTrue();
        }
    }
}
