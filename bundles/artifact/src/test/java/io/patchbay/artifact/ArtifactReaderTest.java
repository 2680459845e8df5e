// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.artifact.assembler.HostileModules;
import io.patchbay.artifact.module.ModuleLimits;
import io.patchbay.port.BridgeContract;
import io.patchbay.port.HostServiceDeclaration;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.RouteContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArtifactReaderTest {
    private static final String YAML = """
            id: demo-export
            name: Export report
            version: v0.1.0
            type: dynamic
            supports_multi_tenant: true
            author: somebody
            menus: [{key: "plugin:demo-export:a"}]
            hostServices:
              - service: Runtime
                methods: [state.set, " info.now ", log.write]
              - service: infra
                methods: [status.batch_get]
            routes:
              - {path: /export, method: post, requestType: Export, access: public, colour: red}
              - {path: "/export/{id}", method: GET, requestType: Get, permission: "demo-export:export:read"}
            lifecycle:
              - {operation: BeforeInstall, requestType: BeforeInstallReq, internalPath: __lifecycle/before-install/}
            """;

    private final ArtifactReader reader = new ArtifactReader(ModuleLimits.DEFAULTS);

    @TempDir
    private Path temp;

    @Test
    void folderZipAndPackedFileAreOneArtifact() throws Exception {
        Path folder = folder(YAML, Map.of("plugin.wasm", Guests.echo(), "README.md", new byte[] {1}));
        Artifact fromFolder = reader.read(folder);
        Path zip = temp.resolve("plugin.zip");
        Files.write(zip, zip("", Map.of("plugin.yaml", utf8(YAML), "plugin.wasm", Guests.echo())));
        Path packed = temp.resolve("packed.wasm");
        Files.write(packed, fromFolder.bytes());

        for (Path other : List.of(zip, packed, folder)) {
            Artifact artifact = reader.read(other);
            assertThat(artifact.sha256()).isEqualTo(fromFolder.sha256()).matches("[0-9a-f]{64}");
            assertThat(artifact.bytes()).isEqualTo(fromFolder.bytes());
            assertThat(artifact.descriptor()).isEqualTo(fromFolder.descriptor());
        }
        byte[] inFolder = zip("demo/", Map.of("plugin.yaml", utf8(YAML), "plugin.wasm", Guests.echo()));
        assertThat(reader.readAny(inFolder, "z").sha256()).isEqualTo(fromFolder.sha256());
    }

    @Test
    void aFileThatIsWrittenWhileItIsReadIsRefused() throws Exception {
        Path folder = folder(YAML, Map.of("plugin.wasm", Guests.echo()));
        Path packed = temp.resolve("packed.wasm");
        Files.write(packed, reader.read(folder).bytes());

        // Somebody appends to the packed file, and builds the module of the folder anew after its plugin.yaml was read.
        assertRefusedAsChanged(packed, packed);
        assertRefusedAsChanged(folder, folder.resolve("plugin.wasm"));
        assertRefusedAsChanged(folder, folder.resolve("plugin.yaml"));
        assertThat(reader.read(folder).descriptor().id()).isEqualTo("demo-export");
    }

    private static void assertRefusedAsChanged(Path plugin, Path written) throws IOException {
        byte[] before = Files.readAllBytes(written);
        ArtifactReader interrupted = new ArtifactReader(ModuleLimits.DEFAULTS, file -> {
            InputStream in = Files.newInputStream(file);
            if (file.equals(written)) {
                Files.write(written, new byte[] {'\n'}, StandardOpenOption.APPEND);
            }
            return in;
        });
        ArtifactException refusal = catchThrowableOfType(ArtifactException.class, () -> interrupted.read(plugin));
        assertThat(refusal.code()).isEqualTo(Code.IO);
        assertThat(refusal)
                .hasMessage(written + " changed while it was read; try again when nobody writes it any more");
        Files.write(written, before);
    }

    @Test
    void whatIsNoFileIsNotOpened() {
        Path device = Path.of("/dev/zero");
        assumeThat(Files.exists(device)).isTrue();
        assertThat(catchThrowableOfType(ArtifactException.class, () -> reader.read(device)))
                .hasMessage("/dev/zero is not a file");
    }

    @Test
    void theDescriptorIsNormalized() throws Exception {
        PluginDescriptor descriptor =
                reader.read(folder(YAML, Map.of("plugin.wasm", Guests.echo()))).descriptor();
        assertThat(descriptor.hostServices())
                .extracting(HostServiceDeclaration::label)
                .containsExactly("infra", "runtime");
        assertThat(descriptor.hostServices().get(1).methods()).containsExactly("info.now", "log.write", "state.set");
        assertThat(descriptor.routes())
                .extracting(RouteContract::method, RouteContract::access)
                .containsExactly(tuple("POST", "public"), tuple("GET", "login"));
        assertThat(descriptor.lifecycle())
                .singleElement()
                .satisfies(callback -> assertThat(callback.internalPath()).isEqualTo("/__lifecycle/before-install"));
        assertThat(descriptor.bridge()).map(BridgeContract::routeExecution).contains(true);
        assertThat(descriptor.executesRoutes()).isTrue();
        assertThat(descriptor.unknownMembers()).containsExactly("author", "routes[0].colour");
        assertThat(descriptor.unusedSections()).containsExactly("menus: 1 item, not used by this host");
    }

    @Test
    void theOnlyModuleMayHaveAnyName() throws Exception {
        Artifact artifact = reader.read(folder(YAML, Map.of("other.wasm", Guests.echo())));
        assertThat(artifact.descriptor().hasCode()).isTrue();
    }

    @Test
    void severalModulesAreRefusedByName() throws Exception {
        Path folder = folder(YAML, Map.of("a.wasm", Guests.echo(), "b.wasm", Guests.echo()));
        assertThat(refusal(folder)).hasMessageContaining("a.wasm, b.wasm");
    }

    @Test
    void aFolderWithoutModuleIsAnArtifactWithoutCode() throws Exception {
        String yaml = YAML.substring(0, YAML.indexOf("routes:"));
        Artifact artifact = reader.read(folder(yaml, Map.of()));
        assertThat(artifact.descriptor().hasCode()).isFalse();
        assertThat(artifact.descriptor().executesRoutes()).isFalse();
    }

    @Test
    void theArtifactOfSectionsOnlyOfTheContractIsValid() throws Exception {
        byte[] bytes = new GuestArtifact("demo-runtime-only")
                .requests("runtime", "info.now", "log.write")
                .withoutRouteExecution()
                .of(WasmContainer.emptyModule());
        PluginDescriptor descriptor = reader.read(bytes, "a.wasm").descriptor();
        assertThat(descriptor.hasCode()).isFalse();
        assertThat(descriptor.hostServices()).hasSize(1);
    }

    @Test
    void aModuleThatAgreesWithItsFolderKeepsItsOwnSections() throws Exception {
        byte[] module = new GuestArtifact("demo-export")
                .requests("runtime", "info.uuid")
                .of(Guests.echo());
        String yaml = """
                id: demo-export
                name: demo-export
                version: v0.1.0
                type: dynamic
                supports_multi_tenant: true
                """;
        PluginDescriptor descriptor =
                reader.read(folder(yaml, Map.of("plugin.wasm", module))).descriptor();
        assertThat(descriptor.routes()).extracting(RouteContract::path).containsExactly("/run");
        assertThat(descriptor.hostServices().get(0).methods()).containsExactly("info.uuid");
    }

    @ParameterizedTest
    @CsvSource({"id, other-id, other-id", "version, v0.2.0, v0.2.0", "name, Other, Other"})
    void twoManifestsThatDisagreeAreRefusedWithBothValues(String member, String value, String shown) throws Exception {
        byte[] module = new GuestArtifact("demo-export").of(Guests.echo());
        String yaml =
                "id: demo-export\nname: demo-export\nversion: v0.1.0\ntype: dynamic\nsupports_multi_tenant: true\n"
                        .replaceFirst(member + ": [^\n]*", member + ": " + value);
        ArtifactException refusal = refusal(folder(yaml, Map.of("plugin.wasm", module)));
        assertThat(refusal.code()).isEqualTo(Code.DISAGREEMENT);
        assertThat(refusal)
                .hasMessageContaining("disagree on " + member)
                .hasMessageContaining('"' + shown + '"')
                .hasMessageContaining(member.equals("version") ? "\"v0.1.0\"" : "\"demo-export\"");
    }

    @Test
    void aPluginThatRequestsMethodsExportsTheHostCallAllocator() {
        GuestBuilder guest = new GuestBuilder().begin().execute(new io.patchbay.artifact.assembler.Code().i64Const(0));
        byte[] module = guest.toBytes(GuestBuilder.HOST_CALL_ALLOC);
        assertThat(refusal(new GuestArtifact("demo")
                        .requests("runtime", "info.now")
                        .of(module)))
                .hasMessageContaining("does not export the function \"lina_host_call_alloc\" (i32) -> i32");
    }

    @Test
    void routesThatExecuteNeedTheirExports() {
        byte[] module = new GuestBuilder().begin().toBytes();
        ArtifactException refusal = refusal(new GuestArtifact("demo").of(module));
        assertThat(refusal.code()).isEqualTo(Code.EXPORT);
        assertThat(refusal).hasMessageContaining("\"lina_dynamic_route_execute\" (i32) -> i64");
    }

    @Test
    void whatIsNoModuleIsRefusedWithItsName() throws IOException {
        Path file = temp.resolve("text.wasm");
        Files.writeString(file, "not a module, just text");
        assertThat(refusal(file)).hasMessageContaining("text.wasm").hasMessageContaining("invalid wasm header");
        assertThat(refusal(temp.resolve("missing.wasm"))).hasMessageContaining("does not exist");
        assertThat(refusal(HostileModules.broken().get("component")).code()).isEqualTo(Code.COMPONENT);
        assertThat(refusal(new byte[0])).hasMessage("Dynamic plugin artifact is empty: a.wasm");
        assertThat(refusal(Guests.echo())).hasMessageContaining("missing custom section lina.plugin.manifest: a.wasm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../plugin.wasm | unsafe name",
                "/plugin.wasm | unsafe name",
                "a\\plugin.wasm | unsafe name",
                "C:plugin.wasm | unsafe name"
            })
    void aZipWithAnUnsafeNameIsRefused(String name, String text) throws IOException {
        byte[] zip = zip("", Map.of("plugin.yaml", utf8(YAML), name, Guests.echo()));
        assertThat(refusal(zip)).hasMessageContaining(text);
    }

    @Test
    void aZipBombIsRefused() throws IOException {
        byte[] zip = zip("", Map.of("plugin.yaml", utf8(YAML), "a.bin", new byte[70 << 20]));
        assertThat(zip).hasSizeLessThan(1 << 20);
        assertThat(refusal(zip).code()).isEqualTo(Code.LIMIT);
    }

    @Test
    void aZipWithTheSameNameTwiceIsRefused() throws IOException {
        byte[] zip =
                zip("", Map.of("plugin.yaml", utf8(YAML), "plugin.wasx", Guests.echo(), "plugin.wasm", Guests.echo()));
        String text = new String(zip, StandardCharsets.ISO_8859_1).replace("plugin.wasx", "plugin.wasm");
        assertThat(refusal(text.getBytes(StandardCharsets.ISO_8859_1))).hasMessageContaining("twice");
    }

    @Test
    void mutatedArtifactsAreReadOrRefusedAndNothingElse() throws Exception {
        byte[] packed =
                reader.read(folder(YAML, Map.of("plugin.wasm", Guests.echo()))).bytes();
        byte[] zip = zip("", Map.of("plugin.yaml", utf8(YAML), "plugin.wasm", Guests.echo()));
        Random random = new Random(3);
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            byte[] mutant = (i % 2 == 0 ? packed : zip).clone();
            for (int n = 0; n <= random.nextInt(3); n++) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
            }
            try {
                reader.readAny(mutant, "mutant");
            } catch (ArtifactException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(300);
    }

    private Path folder(String yaml, Map<String, byte[]> files) throws IOException {
        Path folder = Files.createTempDirectory(temp, "plugin");
        Files.writeString(folder.resolve("plugin.yaml"), yaml);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        return folder;
    }

    private static byte[] zip(String prefix, Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(prefix + file.getKey()));
                zip.write(file.getValue());
            }
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private ArtifactException refusal(Path path) {
        return catchThrowableOfType(ArtifactException.class, () -> reader.read(path));
    }

    private ArtifactException refusal(byte[] bytes) {
        return catchThrowableOfType(ArtifactException.class, () -> reader.readAny(bytes, "a.wasm"));
    }
}
