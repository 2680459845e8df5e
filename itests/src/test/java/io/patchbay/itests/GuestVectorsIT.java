// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.WasmContainer;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.wire.JsonRequest;
import io.patchbay.wire.WireVectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * All golden vectors (contract 2.11): messages and artifacts by the libraries, log lines and exchanges through the real host.
 * {@code -Dpatchbay.vectors=FILE} takes another file.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestVectorsIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final Pattern REPEATED = Pattern.compile("\"?<(\\d+) times the letter (.)>\"?");
    private static final String ALL_METHODS = "all methods of runtime";

    /** The plugin whose grants the next exchange needs, as installed last. */
    private String installed = "";

    private int releases;

    @BeforeAll
    void serveFromTestProviders() {
        NODE.probe()
                .run("register", "kind", "state", "name", "vectors", "store", "shared", "ranking", 1_000)
                .orFail();
        NODE.probe()
                .run("register", "kind", "log", "name", "vectors", "ranking", 1_000)
                .orFail();
    }

    @TestFactory
    Stream<DynamicTest> everyVectorHolds() throws IOException {
        return WireVectors.load().stream()
                .map(vector -> DynamicTest.dynamicTest(text(vector, "id"), () -> check(vector)));
    }

    /** The same exchanges past a language's runtime and its garbage collector. */
    @TestFactory
    Stream<DynamicTest> everyExchangeWithAllMethodsHoldsThroughAGuestMadeWithGo() throws IOException {
        return WireVectors.load().stream()
                .filter(vector -> text(vector, "message").equals("HostCallExchange") && !flag(vector, "noContext"))
                .filter(vector -> methods(vector).equals(HostCalls.RUNTIME_METHODS))
                .map(vector -> DynamicTest.dynamicTest(text(vector, "id"), () -> {
                    installGoRelay(fields(vector).get("pluginId").getAsString());
                    exchange(vector, request -> goRelayed(vector, request));
                }));
    }

    @Test
    void anUnknownMessageFailsWithItsName() {
        JsonObject vector = new JsonObject();
        vector.addProperty("message", "Nonsense");

        assertThatThrownBy(() -> check(vector)).hasMessageContaining("Nonsense");
    }

    @Test
    void anUnknownModeFailsWithItsName() {
        JsonObject vector = new JsonObject();
        vector.addProperty("message", "WasmContainer");
        vector.addProperty("mode", "sideways");
        vector.addProperty("hex", "");

        assertThatThrownBy(() -> check(vector)).hasMessageContaining("sideways");
    }

    private void check(JsonObject vector) throws Exception {
        switch (text(vector, "message")) {
            case "WasmContainer" -> container(vector);
            case "LogLine" -> logLine(vector);
            case "HostCallExchange" -> exchangeThroughAssembledGuest(vector);
            default -> WireVectors.check(vector);
        }
    }

    private static void container(JsonObject vector) throws ArtifactException {
        byte[] bytes = hex(text(vector, "hex"));
        switch (text(vector, "mode")) {
            case "both" -> {
                assertThat(WasmContainer.withSections(WasmContainer.emptyModule(), sections(vector)))
                        .isEqualTo(bytes);
                assertSections(bytes, vector);
            }
            case "decode" -> assertSections(bytes, vector);
            case "error" ->
                assertThatThrownBy(() -> WasmContainer.sections(bytes))
                        .isInstanceOf(ArtifactException.class)
                        .hasMessage(text(vector, "error"));
            default -> throw unknownMode(vector);
        }
    }

    private static void assertSections(byte[] bytes, JsonObject vector) throws ArtifactException {
        Map<String, byte[]> expected = sections(vector);
        Map<String, byte[]> actual = WasmContainer.sections(bytes);
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach(
                (name, content) -> assertThat(actual.get(name)).as(name).isEqualTo(content));
    }

    private static Map<String, byte[]> sections(JsonObject vector) {
        Map<String, byte[]> sections = new LinkedHashMap<>();
        fields(vector)
                .getAsJsonObject("sections")
                .entrySet()
                .forEach(section -> sections.put(
                        section.getKey(), section.getValue().getAsString().getBytes(StandardCharsets.UTF_8)));
        return sections;
    }

    private void logLine(JsonObject vector) throws Exception {
        requireMode(vector, "expect");
        String plugin = fields(vector).get("pluginId").getAsString();
        installRelay(plugin, Map.of("runtime", List.of("log.write")));
        NODE.probe().run("logged").orFail();

        byte[] answer =
                NODE.probe().hostCall(plugin, HostCalls.request("runtime", "log.write", hex(text(vector, "hex"))));

        JsonObject expected = vector.getAsJsonObject("expect");
        assertThat(answer).isEmpty();
        assertThat(NODE.probe().run("logged").lines())
                .containsExactly(text(expected, "level") + " " + text(expected, "text"));
    }

    private void exchangeThroughAssembledGuest(JsonObject vector) throws Exception {
        String plugin = fields(vector).get("pluginId").getAsString();
        if (flag(vector, "noContext")) {
            byte[] module = Guests.relayFromStart(fields(vector).get("opcode").getAsInt(), request(fields(vector)));
            GuestArtifact artifact = requesting(plugin, grants(vector));
            install(plugin, "start section " + text(vector, "id"), artifact.of(module));
            exchange(vector, request -> NODE.probe().get(plugin).body());
            return;
        }
        installRelay(plugin, grants(vector));
        exchange(vector, request -> relayed(vector, request));
    }

    private static byte[] relayed(JsonObject vector, byte[] request) {
        JsonObject fields = fields(vector);
        byte[] body = Guests.relayBody(fields.get("opcode").getAsInt(), flag(vector, "badPointer"), 1, request);
        return NODE.probe().post(fields.get("pluginId").getAsString(), body).body();
    }

    private static byte[] goRelayed(JsonObject vector, byte[] request) {
        JsonObject fields = fields(vector);
        byte[] body = ByteBuffer.allocate(4 + request.length)
                .putInt(fields.get("opcode").getAsInt())
                .put(request)
                .array();
        String path = flag(vector, "badPointer") ? "/relay?badPointer=1" : "/relay";
        return NODE.probe()
                .run("invoke", "plugin", text(fields, "pluginId"), "method", "POST", "path", path, "body", body)
                .body();
    }

    private interface Relay {
        byte[] send(byte[] request) throws Exception;
    }

    private static void exchange(JsonObject vector, Relay relay) throws Exception {
        requireMode(vector, "exchange");
        JsonObject fields = fields(vector);
        String plugin = text(fields, "pluginId");
        NODE.probe()
                .run("seed", "plugin", plugin, "entries", texts(fields, "state"))
                .orFail();
        Map<String, String> fixed = fixed(fields);
        fixed.forEach((kind, value) -> NODE.probe()
                .run("register", "kind", kind, "name", "fixed", "value", value, "ranking", 1_000)
                .orFail());
        try {
            byte[] answer = relay.send(request(fields));

            assertThat(HexFormat.of().formatHex(answer)).isEqualTo(text(vector, "hex"));
            if (fields.has("stateAfter")) {
                assertThat(NODE.probe().run("state", "plugin", plugin).orFail().values())
                        .isEqualTo(texts(fields, "stateAfter"));
            }
        } finally {
            fixed.keySet().forEach(kind -> NODE.probe().run("unregister", "kind", kind, "name", "fixed"));
        }
    }

    private static Map<String, String> fixed(JsonObject fields) {
        Map<String, String> names = Map.of("nowMillis", "clock", "uuid", "uuid", "hostname", "node");
        Map<String, String> fixed = new TreeMap<>();
        if (fields.has("fixed")) {
            fields.getAsJsonObject("fixed").entrySet().forEach(entry -> {
                assertThat(names).containsKey(entry.getKey());
                fixed.put(names.get(entry.getKey()), entry.getValue().getAsString());
            });
        }
        return fixed;
    }

    private static byte[] request(JsonObject fields) {
        if (fields.has("requestHex")) {
            return hex(text(fields, "requestHex"));
        }
        JsonObject generator = fields.getAsJsonObject("requestGenerator");
        String json = REPEATED.matcher(text(generator, "json")).replaceAll(GuestVectorsIT::repeated);
        byte[] payload = HostCalls.encode(new JsonRequest(json.getBytes(StandardCharsets.UTF_8))::encode);
        return HostCalls.request("runtime", text(generator, "method"), payload);
    }

    private static String repeated(MatchResult description) {
        return '"' + description.group(2).repeat(Integer.parseInt(description.group(1))) + '"';
    }

    private void installRelay(String plugin, Map<String, List<String>> grants) throws IOException {
        GuestArtifact artifact = requesting(plugin, grants).route("POST", "/run", "Run", "public");
        install(plugin, plugin + grants, artifact.of(Guests.relayFromBody()));
    }

    private GuestArtifact requesting(String plugin, Map<String, List<String>> grants) {
        GuestArtifact artifact = new GuestArtifact(plugin).version("v0.1." + ++releases);
        grants.forEach((service, methods) -> artifact.requests(service, methods.toArray(String[]::new)));
        return artifact;
    }

    private void install(String plugin, String what, byte[] artifact) throws IOException {
        if (!installed.equals(what)) {
            NODE.probe().installGranted(plugin, artifact);
            installed = what;
        }
    }

    /** The plugin in the folder form, under the id that the vector wants. */
    private void installGoRelay(String plugin) throws IOException {
        if (installed.equals(ALL_METHODS)) {
            return;
        }
        Path source = Path.of("guests", "go", "relay");
        Path folder = Files.createDirectories(NODE.folder().resolve("relay-" + ++releases));
        Files.copy(source.resolve("plugin.wasm"), folder.resolve("plugin.wasm"));
        String manifest = Files.readString(source.resolve("plugin.yaml"))
                .replace("id: relay", "id: " + plugin)
                .replace("version: 0.1.0", "version: 0.1." + releases);
        Files.writeString(folder.resolve("plugin.yaml"), manifest);
        NODE.probe().run("install", "path", folder.toString()).orFail();
        NODE.probe().run("grant", "plugin", plugin, "all", true, "whole", true).orFail();
        installed = ALL_METHODS;
    }

    private static Map<String, List<String>> grants(JsonObject vector) {
        Map<String, List<String>> grants = new TreeMap<>();
        for (JsonElement grant : fields(vector).getAsJsonArray("grants")) {
            JsonArray methods = grant.getAsJsonObject().getAsJsonArray("methods");
            grants.put(
                    text(grant.getAsJsonObject(), "service"),
                    methods.asList().stream().map(JsonElement::getAsString).toList());
        }
        return grants;
    }

    private static List<String> methods(JsonObject vector) {
        return grants(vector).getOrDefault("runtime", List.of());
    }

    private static Map<String, Object> texts(JsonObject object, String member) {
        Map<String, Object> texts = new TreeMap<>();
        object.getAsJsonObject(member)
                .entrySet()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().getAsString()));
        return texts;
    }

    private static void requireMode(JsonObject vector, String mode) {
        if (!text(vector, "mode").equals(mode)) {
            throw unknownMode(vector);
        }
    }

    private static AssertionError unknownMode(JsonObject vector) {
        return new AssertionError("unknown mode '" + text(vector, "mode") + "' of " + text(vector, "message"));
    }

    /** A flag that stands beside the fields, or among them. */
    private static boolean flag(JsonObject vector, String name) {
        return Stream.of(vector, fields(vector))
                .anyMatch(object -> object.has(name) && object.get(name).getAsBoolean());
    }

    private static JsonObject fields(JsonObject vector) {
        return vector.getAsJsonObject("fields");
    }

    private static String text(JsonObject object, String name) {
        return object.get(name).getAsString();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
