// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.itests.harness.Eventually;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DESIGN 7, ways in: the watched directory, and bundles that carry a plugin. */
class WaysInIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static WaysIn ways;

    @BeforeAll
    static void watch() throws Exception {
        ways = new WaysIn(NODE.probe(), NODE.folder().resolve("data"));
        WaysIn.install(NODE.container());
        ways.awaitFile(".");
    }

    @Test
    void aFileIsInstalledUpgradedSwitchedOffAndOnAgain() throws Exception {
        ways.put("life.wasm", WaysIn.release("dir-life", "v0.1.0"));
        ways.awaitAnswer("dir-life", "v0.1.0");
        assertThat(ways.life("dir-life", "wayIn")).isEqualTo("directory");

        ways.put("life.wasm", WaysIn.release("dir-life", "v0.2.0"));
        ways.awaitAnswer("dir-life", "v0.2.0");

        Files.delete(ways.file("life.wasm"));
        ways.awaitState("dir-life", "DISABLED");

        ways.put("renamed.wasm", WaysIn.release("dir-life", "v0.2.0"));
        ways.awaitAnswer("dir-life", "v0.2.0");
    }

    @Test
    void aCorruptFileLeavesTheOldReleaseServingAndSaysWhy() throws Exception {
        ways.put("corrupt.wasm", WaysIn.release("dir-corrupt", "v0.1.0"));
        ways.awaitAnswer("dir-corrupt", "v0.1.0");

        ways.put("corrupt.wasm", "not a module".getBytes(StandardCharsets.UTF_8));
        ways.awaitFile("corrupt.wasm.error.txt");

        assertThat(ways.file("corrupt.wasm.error.txt"))
                .content()
                .contains("'corrupt.wasm' was not taken", "version v0.1.0 of plugin 'dir-corrupt' keeps serving");
        assertThat(ways.answer("dir-corrupt")).isEqualTo("v0.1.0");
        Eventually.holds(() -> !ways.trouble("corrupt.wasm").isEmpty());
        ways.put("corrupt.wasm", WaysIn.release("dir-corrupt", "v0.2.0"));
        ways.awaitAnswer("dir-corrupt", "v0.2.0");
        ways.awaitNoFile("corrupt.wasm.error.txt");
        Eventually.holds(() -> ways.trouble("corrupt.wasm").isEmpty());
    }

    @Test
    void aSecondFileOfOnePluginIsRefusedUntilTheFirstGoes() throws Exception {
        ways.put("first.wasm", WaysIn.release("dir-twice", "v0.1.0"));
        ways.awaitAnswer("dir-twice", "v0.1.0");

        ways.put("second.wasm", WaysIn.release("dir-twice", "v0.2.0"));
        ways.awaitFile("second.wasm.error.txt");

        assertThat(ways.file("second.wasm.error.txt")).content().contains("is brought by 'first.wasm' already");
        assertThat(ways.answer("dir-twice")).isEqualTo("v0.1.0");
        Files.delete(ways.file("first.wasm"));
        ways.awaitAnswer("dir-twice", "v0.2.0");
        ways.awaitNoFile("second.wasm.error.txt");
    }

    @Test
    void whatWaitsForADecisionSaysSoBesideTheFile() throws Exception {
        ways.put(
                "asks.wasm",
                new GuestArtifact("dir-asks").requests("runtime", "info.now").of(Guests.noop()));
        ways.awaitFile("asks.wasm.consent.txt");

        assertThat(ways.file("asks.wasm.consent.txt"))
                .content()
                .contains("runtime.info.now", "patchbay grant dir-asks");
        NODE.probe()
                .run("grant", "plugin", "dir-asks", "all", true, "whole", true)
                .orFail();
        ways.awaitNoFile("asks.wasm.consent.txt");
    }

    @Test
    void whatAnOperatorDecidedStaysWhileTheFileIsOnlyTouched() throws Exception {
        ways.put("kept.wasm", WaysIn.release("dir-kept", "v0.1.0"));
        ways.awaitAnswer("dir-kept", "v0.1.0");
        ways.put("kept.wasm", WaysIn.release("dir-kept", "v0.2.0"));
        ways.awaitAnswer("dir-kept", "v0.2.0");
        NODE.probe().run("change", "request", "rollback", "plugin", "dir-kept").orFail();

        Files.setLastModifiedTime(ways.file("kept.wasm"), FileTime.from(Instant.EPOCH));
        ways.put("after.wasm", WaysIn.release("dir-after", "v0.1.0"));
        ways.awaitAnswer("dir-after", "v0.1.0");
        restartDeploy();
        ways.put("later.wasm", WaysIn.release("dir-later", "v0.1.0"));
        ways.awaitAnswer("dir-later", "v0.1.0");

        assertThat(ways.answer("dir-kept")).isEqualTo("v0.1.0");
    }

    @Test
    void whatHappenedWhileNobodyLookedIsMadeUpFor() throws Exception {
        ways.put("away.wasm", WaysIn.release("dir-away", "v0.1.0"));
        ways.awaitAnswer("dir-away", "v0.1.0");
        ways.put("away-too.wasm", WaysIn.release("dir-away-too", "v0.1.0"));
        ways.awaitAnswer("dir-away-too", "v0.1.0");

        NODE.container().stop(WaysIn.PID);
        Files.delete(ways.file("away.wasm"));
        ways.put("away-too.wasm", WaysIn.release("dir-away-too", "v0.2.0"));
        NODE.container().start(WaysIn.PID);

        ways.awaitState("dir-away", "DISABLED");
        ways.awaitAnswer("dir-away-too", "v0.2.0");
    }

    @Test
    void anOperatorsPluginIsNotTheDirectorysToUpgrade() throws Exception {
        NODE.probe().install(WaysIn.release("dir-theirs", "v0.1.0")).orFail();

        ways.put("theirs.wasm", WaysIn.release("dir-theirs", "v0.2.0"));
        ways.awaitFile("theirs.wasm.error.txt");

        assertThat(ways.file("theirs.wasm.error.txt")).content().contains("was brought by an operator");
        assertThat(ways.answer("dir-theirs")).isEqualTo("v0.1.0");
    }

    @Test
    void aCarrierServesItsPluginWhileItIsStarted() throws Exception {
        Path jar = carrier("carrier", "1.0.0", "v0.1.0");
        NODE.container().install(jar);
        ways.awaitAnswer("carrier", "v0.1.0");
        assertThat(ways.life("carrier", "wayIn")).isEqualTo("bundle:test.carrier");

        NODE.container().stop("test.carrier");
        Eventually.holds(() -> ways.life("carrier", "suspended").contains("is stopped"));
        assertThat(ways.answer("carrier")).startsWith("!");
        NODE.container().start("test.carrier");
        ways.awaitAnswer("carrier", "v0.1.0");

        carrier("carrier", "1.1.0", "v0.2.0");
        NODE.container().update("test.carrier");
        ways.awaitAnswer("carrier", "v0.2.0");

        NODE.container().uninstall("test.carrier");
        ways.awaitState("carrier", "GONE");
    }

    @Test
    void aHeaderThatPointsNowhereDisturbsNothing() throws Exception {
        Path jar = WaysIn.carrier(
                NODE.folder().resolve("nowhere.jar"),
                "test.nowhere",
                "1.0.0",
                "plugins/none.wasm",
                "plugins/some.wasm",
                WaysIn.release("nowhere", "v0.1.0"));
        NODE.container().install(jar);

        Eventually.holds(() -> ways.trouble("test.nowhere").contains("has no entry 'plugins/none.wasm'"));
        assertThat(NODE.container().states()).containsEntry("test.nowhere", "ACTIVE");
        assertThat(ways.life("nowhere", "state")).isEqualTo("GONE");
    }

    @Test
    void whatCarriersDidWhileNobodyLookedIsMadeUpFor() throws Exception {
        NODE.container().install(List.of(carrier("stays", "1.0.0", "v0.1.0"), carrier("leaves", "1.0.0", "v0.1.0")));
        ways.awaitAnswer("stays", "v0.1.0");
        ways.awaitAnswer("leaves", "v0.1.0");

        NODE.container().stop(WaysIn.PID);
        carrier("stays", "1.1.0", "v0.2.0");
        NODE.container().update("test.stays");
        NODE.container().uninstall("test.leaves");
        NODE.container().start(WaysIn.PID);

        ways.awaitAnswer("stays", "v0.2.0");
        ways.awaitState("leaves", "GONE");
    }

    private static Path carrier(String plugin, String bundleVersion, String version) throws Exception {
        return WaysIn.carrier(
                NODE.folder().resolve(plugin + ".jar"),
                "test." + plugin,
                bundleVersion,
                "/plugins/" + plugin + ".wasm",
                "plugins/" + plugin + ".wasm",
                WaysIn.release(plugin, version));
    }

    private static void restartDeploy() throws Exception {
        NODE.container().stop(WaysIn.PID);
        NODE.container().start(WaysIn.PID);
    }
}
