// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.artifact.assembler.HostileModules;
import io.patchbay.artifact.assembler.ModuleAssembler;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ModuleScannerTest {
    private final ModuleScanner scanner = new ModuleScanner(ModuleLimits.DEFAULTS);

    @TestFactory
    Stream<DynamicTest> anEndlessOrFailingGuestIsAdmittedAndItsCanonicalFormIsItsOwn() {
        Map<String, byte[]> guests = new LinkedHashMap<>(Guests.endless());
        guests.putAll(Guests.failing());
        guests.put("noop", Guests.noop());
        guests.put("relay-from-body", Guests.relayFromBody());
        return guests.entrySet().stream()
                .map(guest -> DynamicTest.dynamicTest(guest.getKey(), () -> {
                    byte[] canonical = scanner.scanPlugin(guest.getValue()).canonical();
                    assertThat(scanner.scanPlugin(canonical).canonical()).isEqualTo(canonical);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aHostileModuleIsRefused() {
        return HostileModules.refused().entrySet().stream()
                .map(module -> DynamicTest.dynamicTest(
                        module.getKey(),
                        () -> assertThatThrownBy(() -> scanner.scanPlugin(module.getValue()))
                                .isInstanceOf(ArtifactException.class)
                                .hasMessageMatching("(?s).{15,400}")));
    }

    @TestFactory
    Stream<DynamicTest> aFeatureThatIsNotOfferedIsNamedWithItsFlag() {
        return HostileModules.features().entrySet().stream()
                .map(module -> DynamicTest.dynamicTest(module.getKey(), () -> {
                    ArtifactException refusal = refusal(module.getValue());
                    assertThat(refusal.code()).isEqualTo(Code.FEATURE);
                    assertThat(refusal)
                            .hasMessageContaining(module.getKey().replaceFirst(":.*", ""))
                            .hasMessageMatching(".*offset 0x[0-9a-f]+.*")
                            .hasMessageContaining(": build ");
                }));
    }

    @Test
    void aFeatureInAFunctionNamesTheFunctionByItsExport() {
        assertThat(refusal(HostileModules.features().get("SIMD: instruction")))
                .hasMessage("function 0 \"suspect\" uses SIMD (instruction 0xfd 0x0c, offset 0x2f), which this host"
                        + " does not offer: build without -msimd128");
    }

    @Test
    void theNameSectionNamesFunctions() {
        ModuleAssembler module = new ModuleAssembler();
        module.function(module.type(values()), new io.patchbay.artifact.assembler.Code().op(0x12, 0));
        assertThat(refusal(module.functionNames(0, "main.deep\n").toBytes()))
                .hasMessageContaining("function 0 \"main.deep\\u000a\" uses tail calls");
    }

    @Test
    void aMemoryMinimumAboveTheLimitSaysBoth() {
        assertThat(refusal(HostileModules.costly().get("memory minimum above the limit")))
                .hasMessageContaining("4097 pages (256 MiB)")
                .hasMessageContaining("the limit is 4096 pages (256 MiB)");
    }

    @Test
    void aMemoryMinimumAtTheLimitIsAdmitted() throws ArtifactException {
        assertThat(scanner.scan(new ModuleAssembler().memory(4096).toBytes()).memoryMinPages())
                .isEqualTo(4096);
    }

    @Test
    void whatIsNoModuleSaysWhatItIs() {
        Map<String, byte[]> broken = HostileModules.broken();
        assertThat(refusal(broken.get("text")).code()).isEqualTo(Code.NOT_WASM);
        assertThat(refusal(broken.get("component")).code()).isEqualTo(Code.COMPONENT);
        assertThat(refusal(broken.get("component"))).hasMessageContaining("component");
        assertThat(refusal(broken.get("truncated in the header")).code()).isEqualTo(Code.TRUNCATED);
        assertThat(refusal(broken.get("truncated in the code")).code()).isEqualTo(Code.TRUNCATED);
        assertThat(refusal(broken.get("truncated in the code"))).hasMessageContaining("truncated");
    }

    @Test
    void anImportThatIsNotOfferedIsNamed() {
        ArtifactException refusal = refusal(HostileModules.importing("env", "system", values(I32)));
        assertThat(refusal.code()).isEqualTo(Code.IMPORT);
        assertThat(refusal).hasMessageContaining("\"env.system\", which this host does not offer");
        assertThat(refusal(HostileModules.importing("lina_env", "host_call2", values(I32))))
                .hasMessageContaining("\"lina_env.host_call2\"");
        assertThat(refusal(HostileModules.importing("wasi_unstable", "fd_write", values(I32))))
                .hasMessageContaining("\"wasi_unstable.fd_write\"");
    }

    @Test
    void anImportWithAWrongSignatureSaysBothTypes() {
        assertThat(refusal(HostileModules.importing("wasi_snapshot_preview1", "fd_write", values(I32, I64), I32)))
                .hasMessageContaining("\"wasi_snapshot_preview1.fd_write\" with type (i32, i64) -> i32, it has type"
                        + " (i32, i32, i32, i32) -> i32");
    }

    @Test
    void anImportedMemoryIsRefusedByName() {
        byte[] module =
                new ModuleAssembler().importOther("env", "memory", 2, 0, 1).toBytes();
        assertThat(refusal(module)).hasMessageContaining("\"env.memory\" as a memory");
    }

    @Test
    void oneImportMayBeThereTwiceAsGoDoes() throws ArtifactException {
        byte[] module = HostileModules.importing("lina_env", "host_call", values(I32, I32, I32), I64);
        assertThat(scanner.scanPlugin(module).imports()).hasSize(2);
    }

    @Test
    void all46FunctionsOfWasiAreOffered() {
        long offered = Stream.of(
                        "args_get args_sizes_get environ_get environ_sizes_get clock_res_get clock_time_get fd_advise",
                        "fd_allocate fd_close fd_datasync fd_fdstat_get fd_fdstat_set_flags fd_fdstat_set_rights",
                        "fd_filestat_get fd_filestat_set_size fd_filestat_set_times fd_pread fd_prestat_get",
                        "fd_prestat_dir_name fd_pwrite fd_read fd_readdir fd_renumber fd_seek fd_sync fd_tell fd_write",
                        "path_create_directory path_filestat_get path_filestat_set_times path_link path_open",
                        "path_readlink path_remove_directory path_rename path_symlink path_unlink_file poll_oneoff",
                        "proc_exit proc_raise sched_yield random_get sock_accept sock_recv sock_send sock_shutdown")
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .filter(name ->
                        PluginRules.offered(PluginRules.WASI_MODULE, name).isPresent())
                .count();
        assertThat(offered).isEqualTo(46);
        assertThat(PluginRules.offered("lina_env", "host_call"))
                .map(FunctionType::toString)
                .contains("(i32, i32, i32) -> i64");
    }

    @Test
    void paddedLengthsAndCustomSectionsAreGoneFromTheCanonicalModule() throws ArtifactException {
        byte[] plain = module().toBytes();
        byte[] padded = module().padded()
                .custom("producers", "someone")
                .customFirst("first", new byte[] {1})
                .toBytes();
        assertThat(padded).hasSizeGreaterThan(plain.length);
        assertThat(scanner.scan(padded).canonical())
                .isEqualTo(plain)
                .isEqualTo(scanner.scan(plain).canonical());
    }

    private static ModuleAssembler module() {
        ModuleAssembler module = new ModuleAssembler();
        int function = module.function(
                module.type(values()),
                new io.patchbay.artifact.assembler.Code().i32Const(1).drop());
        return module.memory(1)
                .table(ModuleAssembler.FUNCREF, 2)
                .elements(0, function)
                .data(8, new byte[] {1, 2, 3})
                .exportFunction("f", function)
                .start(function);
    }

    @Test
    void theLargestFunctionsAreListedByName() throws ArtifactException {
        assertThat(scanner.scan(Guests.oversizedLoop()).largestBodies(65_536, 64))
                .singleElement()
                .satisfies(body -> {
                    assertThat(body.name()).isEqualTo("lina_dynamic_route_execute");
                    assertThat(body.bytes()).isGreaterThan(200_000);
                });
    }

    @Test
    void aMissingExportIsNamedWithItsType() {
        assertThatThrownBy(() -> PluginRules.checkRouteExports(scanner.scan(module().toBytes()), "alloc", "run"))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("does not export the function \"alloc\" (i32) -> i32");
        assertThatThrownBy(() -> PluginRules.checkHostCallExport(scanner.scan(module().toBytes()), "f"))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("\"f\" with type () -> (), it must have type (i32) -> i32");
    }

    @Test
    void mutatedModulesAreAdmittedOrRefusedAndNothingElse() throws ArtifactException {
        byte[][] seeds = {
            Guests.relayFromBody(),
            Guests.failing().get("recursion-indirect"),
            module().padded().toBytes()
        };
        Random random = new Random(20260723);
        int admitted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] mutant = mutate(seeds[i % seeds.length], random);
            byte[] canonical;
            try {
                canonical = scanner.scan(mutant).canonical();
            } catch (ArtifactException refused) {
                continue;
            }
            admitted++;
            assertThat(scanner.scan(canonical).canonical()).isEqualTo(canonical);
        }
        assertThat(admitted).isGreaterThan(300);
    }

    private static byte[] mutate(byte[] seed, Random random) {
        byte[] mutant = seed.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = 8 + random.nextInt(mutant.length - 8);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = (byte) random.nextInt(256);
                case 1 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> mutant[at] = (byte) 0xff;
                default -> mutant = random.nextInt(8) == 0 ? Arrays.copyOf(mutant, Math.max(9, at)) : mutant;
            }
        }
        return mutant;
    }

    private ArtifactException refusal(byte[] module) {
        return catchThrowableOfType(ArtifactException.class, () -> scanner.scanPlugin(module));
    }
}
