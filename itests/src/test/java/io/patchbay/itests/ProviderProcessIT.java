// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines on a data folder that no node holds, with providers that are configured in it. */
@NotIn(
        value = {Container.EQUINOX, Container.KARAF},
        because = "the launcher has one framework, and that is Felix")
class ProviderProcessIT {
    private static final String JDBC = "io.patchbay.state.jdbc~main";
    private static final String PLUGIN = "keeper";
    private static final String SECRET = "hunter2";

    @TempDir
    Path folder;

    private Path data;
    private Path artifact;

    /** One command line: its exit code and what it wrote to both streams. */
    private record Answer(int exitCode, String out, String err) {}

    @BeforeEach
    void preparePlugin() throws IOException {
        data = folder.resolve("data");
        artifact = Files.write(folder.resolve("keeper.wasm"), HostCalls.relay(PLUGIN));
    }

    private Answer type(String... arguments) throws Exception {
        List<String> command = Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                System.getProperty("patchbay.launcher")),
                        Stream.of(arguments),
                        Stream.of("--data", data.toString()))
                .flatMap(words -> words)
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Answer(process.exitValue(), out, Files.readString(folder.resolve("errors")));
    }

    private void configure(String... arguments) throws Exception {
        Answer answer = type(
                Stream.concat(Stream.of("config", "set"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(answer.exitCode()).as(answer.err()).isZero();
    }

    /** As an operator's editor would: texts only. */
    private void write(String pid, String... settings) throws IOException {
        Path etc = Files.createDirectories(data.resolve("etc"));
        Files.write(
                etc.resolve(pid + ".config"),
                Stream.of(settings)
                        .map(setting -> setting.replaceFirst("=", "=\"") + "\"")
                        .toList());
    }

    private Answer run(byte[] hostCall) throws Exception {
        Path body = Files.write(folder.resolve("body"), Guests.relayBody(1, false, 1, hostCall));
        return type("run", artifact.toString(), "--grant", "all", "--body", "@" + body);
    }

    @Test
    void aPluginKeepsItsStateInADatabaseWhoseDriverWasDropped() throws Exception {
        Path driver = Path.of(Class.forName("org.h2.Driver")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Files.copy(driver, Files.createDirectories(data.resolve("bundles")).resolve("h2.jar"));
        write(JDBC, "url=jdbc:h2:" + folder.resolve("database"));
        write("io.patchbay.binding~state", "kind=state", "provider=jdbc");

        Answer first = run(HostCalls.set("k", "kept in H2"));
        Answer second = run(HostCalls.get("k"));
        Answer why = type("why", PLUGIN, "state");

        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(second.exitCode()).as(second.err()).isZero();
        assertThat(second.out()).contains("kept in H2");
        assertThat(why.out()).contains("provider 'jdbc' serves kind state for plugin '" + PLUGIN + "'");
        assertThat(folder.resolve("database.mv.db")).exists();
    }

    @Test
    void aServerThatIsAwayIsSaidToWhoeverLooksOrRunsAndTheSecretToNobody() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        configure(
                JDBC, "url=jdbc:postgresql://localhost:1/state", "user=ada", ".password", "--secret-file", secret + "");
        configure("io.patchbay.binding~state", "kind=state", "provider=jdbc");

        Answer providers = type("providers");
        Answer run = run(HostCalls.set("k", "v"));
        Answer get = type("config", "get", JDBC);

        String reason = "the database jdbc:postgresql://localhost:1/state cannot be reached";
        assertThat(providers.out()).containsPattern("state +jdbc +starting +down .*" + reason);
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("nothing serves kind state for plugin", "provider 'jdbc': " + reason);
        assertThat(get.out()).contains("***");
        assertThat(providers.toString() + run + get).doesNotContain(SECRET);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(data.resolve("etc/" + JDBC + ".config"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aServerThatIsAwayIsNothingToAPluginThatDoesNotUseIt() throws Exception {
        write(JDBC, "url=jdbc:postgresql://localhost:1/state");

        Answer run = run(HostCalls.set("k", "v"));

        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void providersThatNeedSettingsAreOfferedWithTheirTextsAndMissingOnesAreRefused() throws Exception {
        Answer list = type("config", "list");
        Answer missing = type("config", "set", "io.patchbay.clock.fixed", "time=");
        Answer wrong = type("config", "set", "io.patchbay.log.file", "rotate=week");
        Answer providers = type("providers");

        assertThat(list.out())
                .contains(
                        "io.patchbay.state.jdbc~NAME",
                        "io.patchbay.state.redis~NAME",
                        "io.patchbay.log.file",
                        "io.patchbay.clock.fixed",
                        "io.patchbay.clock.offset",
                        "io.patchbay.uuid.sequence",
                        "io.patchbay.node.config",
                        "io.patchbay.node.environment");
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("time must not be empty", "2026-01-02T03:04:05Z");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("rotate must be one of hour, day, month, not 'week'");
        assertThat(providers.out())
                .containsPattern("state +memory +ready +up +by binding")
                .containsPattern("log +file +ready +up +-1000")
                .containsPattern("state +jdbc +unconfigured .*config get io.patchbay.state.jdbc")
                .containsPattern("clock +fixed +unconfigured .*config get io.patchbay.clock.fixed");
    }

    @Test
    void aWrongSettingIsSaidWhereProvidersAreLookedAt() throws Exception {
        write("io.patchbay.clock.fixed", "time=tomorrow");
        write("io.patchbay.node.environment", "variable=NO_SUCH_VARIABLE");
        write("io.patchbay.log.file", "file=" + folder);

        Answer providers = type("providers");

        assertThat(providers.out())
                .containsPattern("clock +fixed +failed .*the setting time of io.patchbay.clock.fixed .*'tomorrow'")
                .containsPattern("node +environment +failed .*NO_SUCH_VARIABLE is not set")
                .containsPattern("log +file +failed .*a folder is there");
    }
}
