// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data folder that cannot be used is refused with a text that names it, and stays as it is. */
@NotIn(
        value = Container.KARAF,
        because = "each of its nodes would be a Karaf of its own, and no container has a part in a folder")
class DataFolderIT {
    private static final String PLUGIN = "keeper";
    private static final byte[] GARBAGE = "this is no database ".repeat(400).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void aDataFolderInUseIsRefusedToASecondFramework() throws Exception {
        Path data = folder.resolve("data");
        try (TestNode first = TestNode.start(folder, Map.of());
                TestNode second = TestNode.start(
                        Files.createDirectories(folder.resolve("second")), Map.of("patchbay.data", data.toString()))) {
            assertThat(second.probe().run("plugins").error())
                    .startsWith("UNAVAILABLE: ")
                    .contains("in use", data.toString());
            first.probe().installGranted(PLUGIN, new GuestArtifact(PLUGIN).of(Guests.noop()));
            assertThat(first.probe().get(PLUGIN).body()).isEmpty();
        }
    }

    @Test
    void aFileInPlaceOfTheDataFolderIsRefusedAndKept() throws Exception {
        Path file = Files.write(folder.resolve("data"), GARBAGE);
        try (TestNode node = TestNode.start(folder, Map.of())) {
            assertThat(node.probe().run("plugins").error())
                    .startsWith("UNAVAILABLE: ")
                    .contains(file.toString());
        }
        assertThat(file).hasBinaryContent(GARBAGE);
    }

    @Test
    void aDamagedRegistryIsRefusedAndKept() throws Exception {
        Path registry = damage(".*registry[^/]*");

        try (TestNode node = TestNode.start(folder, Map.of())) {
            assertThat(node.probe().run("plugins").error())
                    .startsWith("UNAVAILABLE: ")
                    .contains(registry.getFileName().toString());
        }
        assertThat(registry).hasBinaryContent(GARBAGE);
    }

    @Test
    void aDamagedStoreOfStateIsRefusedAndKept() throws Exception {
        Path store = damage(".*state[^/]*\\.(db|sqlite)");

        try (TestNode node = TestNode.start(folder, Map.of())) {
            assertThat(HostCalls.failure(node.probe().hostCall(PLUGIN, HostCalls.get("k"))))
                    .contains("PROVIDER_UNAVAILABLE");
            assertThat(node.probe().run("providers").text("state=sqlite"))
                    .startsWith("FAILED")
                    .contains(store.getFileName().toString());
        }
        assertThat(store).hasBinaryContent(GARBAGE);
    }

    /** Runs a node that stores something, then overwrites the file of that name with garbage. */
    private Path damage(String name) throws Exception {
        try (TestNode node = TestNode.start(folder, Map.of())) {
            node.probe().installGranted(PLUGIN, HostCalls.relay(PLUGIN));
            HostCalls.success(node.probe().hostCall(PLUGIN, HostCalls.set("k", "v")));
        }
        List<Path> files = files(name);
        assertThat(files).hasSize(1);
        return Files.write(files.get(0), GARBAGE);
    }

    private List<Path> files(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches(name))
                    .toList();
        }
    }
}
