// SPDX-License-Identifier: Apache-2.0
package io.patchbay.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.artifact.assembler.Code;
import io.patchbay.artifact.assembler.GuestArtifact;
import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.artifact.assembler.HostileModules;
import io.patchbay.artifact.assembler.ModuleAssembler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not be admitted is refused with a text that names it, leaves nothing behind and disturbs nobody. */
class BadInputIT {
    @RegisterExtension
    static final NodeExtension NODE = new NodeExtension();

    private static final String HEALTHY = "healthy";
    private static final String BAD = "bad";

    private Set<String> before;

    @BeforeAll
    static void installAHealthyPlugin() throws Exception {
        NODE.probe().installGranted(HEALTHY, new GuestArtifact(HEALTHY).of(Guests.noop()));
        NODE.probe().get(HEALTHY).body();
    }

    @BeforeEach
    void remember() throws IOException {
        before = dataFolder();
    }

    @AfterEach
    void nothingIsLeftBehindAndOthersAreServed() throws IOException {
        assertThat(NODE.probe().run("plugins").values()).containsOnlyKeys(HEALTHY);
        assertThat(dataFolder()).isEqualTo(before);
        assertThat(NODE.probe().get(HEALTHY).body()).isEmpty();
    }

    /** The files of the data folder, without the journal that a database keeps beside itself. */
    private static Set<String> dataFolder() throws IOException {
        try (Stream<Path> files = Files.walk(NODE.folder().resolve("data"))) {
            return files.map(Path::toString)
                    .filter(name -> !name.endsWith("-wal") && !name.endsWith("-shm") && !name.endsWith("-journal"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    static Map<String, byte[]> hostile() {
        return HostileModules.refused();
    }

    static Stream<String> hostileNames() {
        return hostile().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void aHostileModuleIsRefused(String name) throws Exception {
        byte[] artifact = new GuestArtifact(BAD).of(hostile().get(name));

        assertThat(refusal(artifact))
                .startsWith("INPUT: ")
                .hasSizeBetween(20, 600)
                .doesNotContain("Exception");
    }

    @Test
    void simdIsNamedWithTheFlagToDrop() throws Exception {
        byte[] module = HostileModules.features().get("SIMD: instruction");

        assertThat(refusal(new GuestArtifact(BAD).of(module)))
                .containsIgnoringCase("simd")
                .contains("simd128");
    }

    @Test
    void textIsNoWasmFile() throws Exception {
        assertThat(refusal("not-wasm, just text".getBytes(StandardCharsets.UTF_8)))
                .contains("invalid wasm header");
    }

    @Test
    void aFileThatEndsEarlyIsNamedSo() throws Exception {
        byte[] whole = new GuestArtifact(BAD).of(Guests.noop());

        assertThat(refusal(Arrays.copyOf(whole, whole.length - 7))).contains("truncated");
    }

    @Test
    void aComponentIsNamedSo() throws Exception {
        assertThat(refusal(HostileModules.broken().get("component"))).contains("component");
    }

    @Test
    void missingExportsAreNamed() throws Exception {
        ModuleAssembler module = new ModuleAssembler().memory(1).exportMemory("memory");

        assertThat(refusal(new GuestArtifact(BAD).of(module.toBytes()))).contains(GuestBuilder.ALLOC);
    }

    @Test
    void aMissingHostCallAllocIsNamedWhenMethodsAreRequested() throws Exception {
        ModuleAssembler module = new ModuleAssembler().memory(1).exportMemory("memory");
        int alloc = module.function(
                module.type(ModuleAssembler.values(ModuleAssembler.I32), ModuleAssembler.I32), new Code().i32Const(0));
        int execute = module.function(
                module.type(ModuleAssembler.values(ModuleAssembler.I32), ModuleAssembler.I64), new Code().i64Const(0));
        module.exportFunction(GuestBuilder.ALLOC, alloc).exportFunction(GuestBuilder.EXECUTE, execute);

        assertThat(refusal(
                        new GuestArtifact(BAD).requests("runtime", "info.now").of(module.toBytes())))
                .contains(GuestBuilder.HOST_CALL_ALLOC);
    }

    @Test
    void anImportThatIsNotOfferedIsNamed() throws Exception {
        byte[] module = HostileModules.importing("env", "system", new int[0]);

        assertThat(refusal(new GuestArtifact(BAD).of(module))).contains("env").contains("system");
    }

    @Test
    void aMemoryMinimumAboveTheLimitIsNamed() throws Exception {
        byte[] module = new GuestBuilder()
                .pages(4097)
                .begin()
                .execute(new Code().i64Const(0))
                .toBytes();

        assertThat(refusal(new GuestArtifact(BAD).of(module))).contains("4097", "4096");
    }

    @Test
    void anUnknownMethodOfRuntimeIsNamed() throws Exception {
        assertThat(refusal(new GuestArtifact(BAD)
                        .requests("runtime", "info.weather")
                        .of(Guests.noop())))
                .contains("info.weather");
    }

    @ParameterizedTest
    @MethodSource("badManifests")
    void aBadManifestIsRefusedByName(BadManifest bad) throws Exception {
        Path folder = Files.createTempDirectory(NODE.folder(), "manifest");
        byte[] module = bad.sections() ? new GuestArtifact(BAD).of(Guests.noop()) : Guests.noop();
        Files.write(folder.resolve("plugin.wasm"), module);
        Files.writeString(folder.resolve("plugin.yaml"), bad.yaml());

        assertThat(NODE.probe().run("install", "path", folder.toString()).error())
                .startsWith("INPUT: ")
                .contains(bad.named());
    }

    /** A plugin.yaml, whether its module brings sections of its own, and what the refusal names. */
    record BadManifest(String name, String yaml, boolean sections, String named) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<BadManifest> badManifests() {
        String good = """
                id: bad
                name: bad
                version: 0.1.0
                type: dynamic
                supports_multi_tenant: true
                routes: [{path: /run, method: GET, requestType: Run, access: public}]
                """;
        String runtime = good + "hostServices:\n  - service: runtime\n    methods: [info.now]\n";
        return Stream.of(
                new BadManifest(
                        "resources on runtime",
                        runtime + "    resources: {paths: [a]}\n",
                        false,
                        "host service runtime cannot declare"),
                new BadManifest(
                        "source plugin",
                        runtime.replace("type: dynamic", "type: source"),
                        false,
                        "host service runtime is only available to dynamic plugins"),
                new BadManifest("two manifests that disagree", good.replace("0.1.0", "0.9.0"), true, "0.9.0"),
                new BadManifest("no id", good.replace("id: bad\n", ""), false, "id"),
                new BadManifest("no YAML", "id: [bad", false, "plugin.yaml"));
    }

    private static String refusal(byte[] artifact) throws IOException {
        return NODE.probe().install(artifact).error();
    }
}
