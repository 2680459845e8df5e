// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator types in the life of a plugin, and what she reads. */
class LifecycleVerbsIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private final Verbs verbs = new Verbs(NODE);

    private static Path file(byte[] artifact) throws IOException {
        return Files.write(Files.createTempFile(NODE.folder(), "artifact", ".wasm"), artifact);
    }

    private static Path answering(String plugin, String version, String text) throws IOException {
        return file(new GuestArtifact(plugin).version(version).of(Guests.answer(text.getBytes(UTF_8))));
    }

    private static String call(String plugin) {
        return NODE.probe().run("call", "plugin", plugin, "path", "/run").text("text");
    }

    @Test
    void aPluginComesIsUpgradedGoesBackAndLeaves() throws Exception {
        assertThat(verbs.type("install " + answering("typed", "v1.0.0", "one") + " --dry-run")
                        .orFail()
                        .text())
                .startsWith("Nothing was changed. It would be:\n  ");
        assertThat(verbs.type("plugins typed").refusal()).contains("there is no plugin 'typed'");

        Verbs.Answer installed = verbs.type("install " + answering("typed", "v1.0.0", "one") + " --grant=all");
        assertThat(installed.orFail().text()).startsWith("Done; typed v1.0.0 is enabled:\n  ");
        assertThat(call("typed")).isEqualTo("one");

        Path second = answering("typed", "v1.1.0", "two");
        assertThat(verbs.type("upgrade typed " + second + " --dry-run").orFail().text())
                .startsWith("Nothing was changed.");
        assertThat(call("typed")).isEqualTo("one");
        verbs.type("upgrade typed " + second).orFail();
        assertThat(call("typed")).isEqualTo("two");

        verbs.type("rollback typed").orFail();
        assertThat(call("typed")).isEqualTo("one");
        assertThat(verbs.type("releases typed").text())
                .containsPattern("v1[.]1[.]0 +[0-9a-f]{12} .*archived")
                .containsPattern("v1[.]0[.]0 +[0-9a-f]{12} .*serving");

        verbs.type("disable typed").orFail();
        assertThat(verbs.type("plugins typed").text()).contains("disabled");
        assertThat(verbs.type("enable typed").orFail().text()).startsWith("Done; typed v1.0.0 is enabled");
        assertThat(verbs.type("enable typed").orFail().text()).startsWith("There is nothing to do; typed");

        assertThat(verbs.type("uninstall typed --purge").orFail().text())
                .startsWith("Done; 'typed' is not installed:\n");
        assertThat(verbs.type("plugins typed").refusal()).contains("there is no plugin 'typed'");
    }

    @Test
    void methodsAreGrantedAndTakenBack() throws Exception {
        verbs.type("install " + file(HostCalls.relay("asking"))).orFail();
        assertThat(verbs.type("plugins asking").text()).contains("waits for consent");

        verbs.type("grant asking all").orFail();
        assertThat(verbs.type("why asking runtime.state.get").text()).startsWith("a call reaches it");

        verbs.type("revoke asking runtime.state.get runtime.state.set").orFail();
        assertThat(verbs.type("grants asking").text())
                .containsPattern("runtime[.]state[.]get +refused")
                .containsPattern("runtime[.]state[.]set +refused")
                .containsPattern("runtime[.]info[.]now +granted");
    }

    @Test
    void whoChangedWhatIsOnRecord() throws Exception {
        verbs.type("install " + answering("recorded", "v1.0.0", "one")).orFail();
        verbs.type("upgrade recorded " + answering("recorded", "v0.9.0", "old"));

        JsonObject trail = verbs.type("audit recorded").json();

        assertThat(trail.getAsJsonArray("entries"))
                .extracting(entry -> entry.getAsJsonObject().get("action").getAsString()
                        + " " + entry.getAsJsonObject().get("outcome").getAsString()
                        + " " + entry.getAsJsonObject().get("actor").getAsString())
                .contains("install done probe", "upgrade refused probe");
        assertThat(verbs.type("audit recorded --limit=1").json().getAsJsonArray("entries"))
                .hasSize(1);
    }

    @Test
    void aNodeIsBackedUpAndRestored() throws Exception {
        verbs.type("install " + answering("kept", "v1.0.0", "kept")).orFail();
        Path backup = NODE.folder().resolve("node.backup");
        assertThat(verbs.type("backup " + backup + " --dry-run").orFail().text())
                .startsWith("Nothing was written.");
        assertThat(backup).doesNotExist();
        assertThat(verbs.type("backup " + backup).orFail().text())
                .startsWith("backed up into " + backup)
                .contains("kept v1.0.0");
        verbs.type("uninstall kept").orFail();

        assertThat(verbs.type("restore " + backup + " --replace").orFail().text())
                .contains("kept v1.0.0");

        assertThat(call("kept")).isEqualTo("kept");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "install plugin.wasm | INPUT | install takes the absolute path of a file on the node's machine, not 'plugin.wasm'",
                "install /no/such/plugin.wasm | INPUT | /no/such/plugin.wasm does not exist: give a packed .wasm file",
                "upgrade nobody | INPUT | there is no plugin 'nobody'",
                "uninstall nobody | INPUT | nobody",
                "grant nobody all | INPUT | there is no plugin 'nobody'",
                "audit --limit=0 | INPUT | --limit takes a number from 1 to 10000, not '0'",
                "audit --since=noon | INPUT | --since takes a time with its offset",
                "backup here | INPUT | backup takes the absolute path",
                "restore /no/such/backup | INPUT | /no/such/backup"
            })
    void whatCannotBeIsSaid(String line, String problem, String words) {
        assertThat(verbs.type(line).refusal()).startsWith(problem).contains(words);
    }
}
