// SPDX-License-Identifier: Apache-2.0
package io.patchbay.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void theExitCodeIsTheOneOfTheCommandLine() throws Exception {
        assertThat(run(new TestJar().withStubShell(), "code", "3")).isEqualTo(3);
        assertThat(err.toString(UTF_8)).isEmpty();
    }

    @Test
    void aBundleThatDoesNotResolveIsNamedWithItsReasonWhenNoCommandLineComes() throws Exception {
        TestJar jar = new TestJar().with("lonely", Map.of("Import-Package", "not.there"));

        assertThat(run(jar, "code", "0")).isEqualTo(Launcher.UNAVAILABLE);
        assertThat(err.toString(UTF_8)).contains("lonely is not active").contains("not.there");
    }

    @Test
    void aComponentThatWaitsIsNamedWithTheReferenceItWaitsForWhenNoCommandLineComes() throws Exception {
        String component = """
                <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.5.0" name="waiting.component">
                  <implementation class="java.lang.Object"/>
                  <service><provide interface="java.util.function.ToIntFunction"/></service>
                  <property name="patchbay.command.line" type="Boolean" value="true"/>
                  <reference name="worker" interface="java.util.concurrent.Callable"/>
                </scr:component>
                """;
        TestJar jar = new TestJar()
                .withLibrary("org.apache.felix.scr")
                .withLibrary("org.osgi.service.component")
                .withLibrary("org.osgi.util.promise")
                .withLibrary("org.osgi.util.function")
                .with("waiting", Map.of("Service-Component", "waiting.xml"), Map.of("waiting.xml", component));

        assertThat(run(jar, "code", "0")).isEqualTo(Launcher.UNAVAILABLE);
        assertThat(err.toString(UTF_8))
                .contains("component waiting.component is not active: nothing for reference worker");
    }

    @Test
    void aBrokenBundleDoesNotKeepTheOthersFromRunning() throws Exception {
        TestJar jar = new TestJar()
                .with("lonely", Map.of("Import-Package", "not.there"))
                .withStubShell();

        assertThat(run(jar, "code", "0")).isZero();
        assertThat(err.toString(UTF_8)).contains("bundle lonely does not start").contains("not.there");
    }

    @Test
    void aJarWithoutBundlesIsRefused() throws Exception {
        assertThat(run(new TestJar(), "code", "0")).isEqualTo(Launcher.UNAVAILABLE);
        assertThat(err.toString(UTF_8)).contains("no bundles in");
    }

    @Test
    void aWrongDataFolderStartsNoNode() throws Exception {
        assertThat(run(new TestJar(), "run", "--data")).isEqualTo(Launcher.USAGE);
        assertThat(err.toString(UTF_8)).isEqualToIgnoringNewLines("patchbay: --data needs a folder: --data DIR");
    }

    private int run(TestJar jar, String... args) throws Exception {
        Path file = jar.write(folder.resolve("patchbay.jar"));
        return new Launcher(file, folder, Map.of(), Duration.ZERO, new PrintStream(err, true, UTF_8)).run(args);
    }
}
