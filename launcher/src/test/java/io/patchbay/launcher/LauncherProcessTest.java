// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.launch.Framework;

/** Looks at a whole process from outside: streams, exit code, signals, what it leaves behind. */
class LauncherProcessTest {
    @TempDir
    Path folder;

    private Path temporary;
    private Path errors;
    private Process process;

    @BeforeEach
    void folders() throws Exception {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        errors = folder.resolve("errors");
    }

    @AfterEach
    void endProcess() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void standardOutputHasOnlyWhatTheCommandLineWrites() throws Exception {
        start("echo", "a b", "");

        assertThat(process.inputReader(UTF_8).lines()).containsExactly("[echo, a b, ]", "stopped");
        assertThat(exitCode()).isZero();
        assertThat(errors).isEmptyFile();
    }

    @Test
    void theDataFolderIsToldToTheFrameworkAndNotCreated() throws Exception {
        Path data = folder.resolve("data");
        start("property", "patchbay.data", "--data", data.toString());

        assertThat(process.inputReader(UTF_8).readLine()).isEqualTo(data.toString());
        assertThat(exitCode()).isZero();
        assertThat(data).doesNotExist();
    }

    @Test
    void theDataFolderIsOpenedOnlyOnDemand() throws Exception {
        start("property", "patchbay.data.open");

        assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("demand");
    }

    private List<String> active(String... args) throws Exception {
        start(args);
        String line = process.inputReader(UTF_8).readLine();
        assertThat(exitCode()).isZero();
        return List.of(line.substring(1, line.length() - 1).split(", "));
    }

    private Path dropped(String name, byte[] bytes) throws Exception {
        Path place = Files.createDirectories(folder.resolve("data/bundles"));
        return Files.write(place.resolve(name), bytes);
    }

    @Test
    void aPluginRunsWithoutTheFurtherProvidersWhereNothingIsConfigured() throws Exception {
        String data = folder.resolve("data").toString();

        assertThat(active("run", "--data", data)).doesNotContain("further.provider");
        assertThat(active("run", "--data", data, "--provider", "uuid=v4")).contains("further.provider");
        assertThat(active("bundles", "--data", data)).contains("further.provider");
    }

    @Test
    void aPluginRunsWithTheFurtherProvidersWhereSomethingIsConfigured() throws Exception {
        Path etc = Files.createDirectories(folder.resolve("data/etc"));
        Files.writeString(etc.resolve("io.patchbay.binding~uuid.config"), "kind=\"uuid\"\nprovider=\"v4\"\n");

        assertThat(active("run", "--data", folder.resolve("data").toString())).contains("further.provider");
    }

    @Test
    void aBundleThatLiesInTheDataFolderRunsInEveryCommand() throws Exception {
        dropped("own.jar", TestJar.bundle("own.bundle", Map.of(), Map.of()));
        dropped("broken.jar", new byte[] {1, 2, 3});
        dropped("notes.txt", new byte[0]);

        assertThat(active("run", "--data", folder.resolve("data").toString()))
                .contains("own.bundle", "further.provider");
        assertThat(errors).content().contains("broken.jar is not used").doesNotContain("notes.txt");
    }

    @Test
    void whatTheFrameworkReportsGoesToStandardError() throws Exception {
        start("break-a-listener");

        assertThat(process.inputReader(UTF_8).lines()).containsExactly("stopped");
        assertThat(exitCode()).isZero();
        assertThat(errors).content().contains("patchbay: framework: ").contains("broken listener");
    }

    @Test
    void aFailureOfTheCommandLineItselfIsReportedAsOurs() throws Exception {
        start("unknown");

        assertThat(exitCode()).isEqualTo(Launcher.UNAVAILABLE);
        assertThat(errors).content().contains("internal error").contains("IllegalArgumentException: unknown");
    }

    @Test
    void nothingIsLeftInTheTemporaryFolder() throws Exception {
        start("code", "0");

        assertThat(exitCode()).isZero();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void aTerminationSignalStopsTheFrameworkAndCleansUp() throws Exception {
        start("wait");
        BufferedReader out = process.inputReader(UTF_8);
        assertThat(out.readLine()).isEqualTo("waiting");

        // Not Process.destroy, which closes the streams that are still to be read.
        process.toHandle().destroy();

        assertThat(exitCode()).isEqualTo(128 + 15);
        assertThat(out.readLine()).isEqualTo("stopped");
        assertThat(temporary).isEmptyDirectory();
        assertThat(errors).isEmptyFile();
    }

    @Test
    void whatAKilledProcessLeftIsRemovedByALaterOne() throws Exception {
        start("wait");
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            assertThat(out.readLine()).isEqualTo("waiting");
            process.destroyForcibly().waitFor();
        }
        assertThat(temporary).isNotEmptyDirectory();
        try (Stream<Path> left = Files.list(temporary)) {
            left.forEach(path -> assertThat(path.toFile().setLastModified(0)).isTrue());
        }

        start("code", "0");

        assertThat(exitCode()).isZero();
        assertThat(temporary).isEmptyDirectory();
    }

    private void start(String... args) throws Exception {
        Path jar = new TestJar()
                .withStubShell()
                .in(BundleGroup.PROVIDERS)
                .with("further.provider", Map.of())
                .write(folder.resolve("patchbay.jar"));
        String classPath = Stream.of(Main.class, TestMain.class, Framework.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .reduce(jar.toString(), (left, right) -> left + File.pathSeparator + right);
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                classPath,
                                TestMain.class.getName(),
                                jar.toString()),
                        Stream.of(args))
                .toList();
        process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
    }

    private int exitCode() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
