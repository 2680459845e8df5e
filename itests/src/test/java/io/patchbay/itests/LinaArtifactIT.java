// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.patchbay.artifact.ArtifactReader;
import io.patchbay.artifact.WasmContainer;
import io.patchbay.artifact.assembler.Bytes;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.manifest.Sections;
import io.patchbay.artifact.module.ModuleLimits;
import io.patchbay.itests.harness.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An artifact as LinaPro's builder writes one (contract 7): a guest made with Go, packed by our own packer, with what LinaPro
 * does besides - tables, hooks, menus, pages, texts, jobs - in the sections behind it. It comes over HTTP.
 */
@NotIn(
        value = {Container.EQUINOX, Container.KARAF},
        because = "a guest made with Go is compiled for seconds, and no container has a part in that")
class LinaArtifactIT {
    private static final Path EXAMPLE = Path.of("..", "examples", "export-report");
    private static final String ID = "lina-report";
    private static final String TOKEN = "Authorization: Bearer " + HttpNode.TOKEN;

    /** What LinaPro offers and this node does not. */
    private static final String OF_LINAPRO = """
              - service: jobs
                methods: [register]
              - service: cache
                methods: [get, set]
                resources:
                  - ref: reports
            """;

    @TempDir
    static Path folder;

    private static HttpNode node;

    @BeforeAll
    static void startNode() throws Exception {
        node = HttpNode.start(folder.resolve("node"), Map.of());
    }

    @AfterAll
    static void stopNode() throws IOException {
        if (node != null) {
            node.close();
        }
    }

    private static byte[] packed() throws Exception {
        Path plugin = Files.createDirectory(folder.resolve("plugin"));
        Files.copy(EXAMPLE.resolve("plugin.wasm"), plugin.resolve("plugin.wasm"));
        String yaml = Files.readString(EXAMPLE.resolve("plugin.yaml"))
                .replace("id: export-report", "id: " + ID)
                .replace("\nroutes:", OF_LINAPRO + "\nroutes:");
        Files.writeString(plugin.resolve("plugin.yaml"), yaml);
        return new ArtifactReader(ModuleLimits.DEFAULTS).read(plugin).bytes();
    }

    /** The sections that LinaPro's builder appends behind the module; of two with one name the last counts. */
    private static byte[] withWhatLinaProDoes(byte[] packed) throws Exception {
        JsonObject manifest = JsonParser.parseString(
                        new String(WasmContainer.sections(packed).get(Sections.MANIFEST), UTF_8))
                .getAsJsonObject();
        manifest.add(
                "menus", JsonParser.parseString("[{\"key\":\"report\",\"name\":\"Reports\",\"path\":\"report\"}]"));
        Bytes out = new Bytes().raw(packed);
        GuestArtifact.custom(out, Sections.MANIFEST, manifest.toString());
        GuestArtifact.custom(
                out,
                "lina.plugin.install.sql",
                "[{\"key\":\"001-lina-report.sql\",\"content\":\"CREATE TABLE report (id INT)\"}]");
        GuestArtifact.custom(
                out,
                "lina.plugin.backend.hooks",
                "[{\"event\":\"auth.login.succeeded\",\"action\":\"sleep\",\"mode\":\"async\",\"sleepMs\":1}]");
        GuestArtifact.custom(
                out,
                "lina.plugin.frontend.assets",
                "[{\"path\":\"index.html\",\"contentBase64\":\"PGgxPjwvaDE+\",\"contentType\":\"text/html\"}]");
        GuestArtifact.custom(
                out, "lina.plugin.i18n.assets", "[{\"locale\":\"en-US\",\"content\":\"{\\\"a\\\":\\\"b\\\"}\"}]");
        return out.toArray();
    }

    private static JsonObject admin(String path) throws IOException {
        RawHttp.Answer answer = RawHttp.get(node.port(), "GET", "/patchbay/v1/" + path, TOKEN);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return JsonParser.parseString(answer.text()).getAsJsonObject().getAsJsonObject("result");
    }

    private static Map<String, JsonObject> grants() throws IOException {
        JsonArray methods = admin("grants?argument=" + ID).getAsJsonArray("requested");
        return StreamSupport.stream(methods.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .collect(Collectors.toMap(method -> method.get("method").getAsString(), method -> method));
    }

    @Test
    void itIsUploadedGrantedWhatItAsksOfTheRuntimeAndServes() throws Exception {
        byte[] artifact = withWhatLinaProDoes(packed());

        RawHttp.Answer uploaded = RawHttp.exchange(
                node.port(),
                "POST",
                "/patchbay/v1/install?grant=runtime.info.node,runtime.info.now,runtime.info.uuid,runtime.log.write,"
                        + "runtime.state.get,runtime.state.set",
                artifact,
                TOKEN,
                "Content-Type: application/octet-stream");
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(200);
        JsonObject answer = uploaded.lastLine();
        assertThat(answer.getAsJsonObject("result").get("state").getAsString()).isEqualTo("enabled");

        // What this host does not act on: one line each, never dropped in silence.
        List<String> notes = StreamSupport.stream(answer.getAsJsonArray("notes").spliterator(), false)
                .map(JsonElement::getAsString)
                .toList();
        for (String part : List.of("menus", "install.sql", "backend.hooks", "frontend.assets", "i18n.assets")) {
            assertThat(notes)
                    .filteredOn(note -> note.contains(part))
                    .singleElement()
                    .satisfies(note -> assertThat(note).contains("1 item", "not used by this host"));
        }

        Map<String, JsonObject> grants = grants();
        assertThat(grants.get("runtime.state.get").get("effective").getAsBoolean())
                .isTrue();
        for (String method : List.of("jobs.register", "cache.get", "cache.set")) {
            assertThat(grants.get(method).get("provided").getAsBoolean())
                    .as(method)
                    .isFalse();
            assertThat(notes).anyMatch(note -> note.contains("unsatisfied") && note.contains(method));
        }

        Eventually.holds(
                () -> RawHttp.get(node.port(), "GET", "/x/" + ID + "/export").status() == 200);
        RawHttp.Answer served = RawHttp.get(node.port(), "GET", "/x/" + ID + "/export?taskId=7");
        assertThat(JsonParser.parseString(served.text())
                        .getAsJsonObject()
                        .get("taskId")
                        .getAsString())
                .isEqualTo("7");
    }
}
