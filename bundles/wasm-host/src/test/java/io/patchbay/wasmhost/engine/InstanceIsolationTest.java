// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import static io.patchbay.artifact.assembler.ModuleAssembler.FUNCREF;
import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.Code;
import io.patchbay.artifact.assembler.ModuleAssembler;
import io.patchbay.port.EngineException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class InstanceIsolationTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    private static byte[] module() {
        ModuleAssembler module = new ModuleAssembler();
        int int1 = module.type(values(I32), I32);
        int none = module.type(values(), I32);
        int seven = module.function(none, new Code().i32Const(7));
        // table.grow with ref.null func; table.size; call_indirect; load; store; memory.grow
        module.exportFunction(
                "growTable",
                module.function(int1, new Code().op(0xd0, 0x70).localGet(0).op(0xfc, 0x0f, 0x00)));
        module.exportFunction("tableSize", module.function(none, new Code().op(0xfc, 0x10, 0x00)));
        module.exportFunction(
                "callTable", module.function(int1, new Code().localGet(0).callIndirect(none, 0)));
        module.exportFunction(
                "load", module.function(int1, new Code().localGet(0).i32Load(0)));
        module.exportFunction(
                "store",
                module.function(
                        int1, new Code().localGet(0).i32Const(1).i32Store(0).i32Const(0)));
        module.exportFunction(
                "growMemory", module.function(int1, new Code().localGet(0).memoryGrow()));
        int counter = module.globalI32(0);
        module.exportFunction(
                "count",
                module.function(
                        none,
                        new Code()
                                .globalGet(counter)
                                .i32Const(1)
                                .i32Add()
                                .globalSet(counter)
                                .globalGet(counter)));
        return module.table(FUNCREF, 3)
                .elements(1, seven)
                .memory(2)
                .data(65_534, HELLO)
                .toBytes();
    }

    @Test
    void dataAndElementsAreThereAtTheStart() throws Exception {
        try (GuestInstance guest = EngineFixture.open(EngineFixture.load(module()))) {
            assertThat(guest.memory().readBytes(65_534, 5)).isEqualTo(HELLO);
            assertThat(EngineFixture.call(guest, "callTable", 1)).containsExactly(7);
        }
    }

    @Test
    void anEmptyOrMissingTableEntryIsATrap() throws Exception {
        LoadedModule module = EngineFixture.load(module());

        for (int entry : new int[] {0, 3, -1}) {
            try (GuestInstance guest = EngineFixture.open(module)) {
                assertThatThrownBy(() -> EngineFixture.call(guest, "callTable", entry))
                        .isInstanceOfSatisfying(
                                GuestTrap.class,
                                trap -> assertThat(trap.reason()).isEqualTo(GuestTrap.Reason.OUT_OF_BOUNDS_TABLE));
            }
        }
    }

    @Test
    void whatOneInstanceChangesNoOtherSees() throws Exception {
        LoadedModule module = EngineFixture.load(module());
        try (GuestInstance first = EngineFixture.open(module)) {
            assertThat(EngineFixture.call(first, "growTable", 1_000)).containsExactly(3);
            assertThat(EngineFixture.call(first, "tableSize")).containsExactly(1_003);
            EngineFixture.call(first, "store", 65_534);
            EngineFixture.call(first, "count");
            EngineFixture.call(first, "growMemory", 2);
        }

        try (GuestInstance second = EngineFixture.open(module)) {
            assertThat(EngineFixture.call(second, "tableSize")).containsExactly(3);
            assertThat(second.memory().readBytes(65_534, 5)).isEqualTo(HELLO);
            assertThat(EngineFixture.call(second, "count")).containsExactly(1);
            assertThat(second.memory().pages()).isEqualTo(2);
        }
    }

    @Test
    void tablesAndMemoriesGrowToTheLimitOnly() throws Exception {
        LoadedModule module = EngineFixture.load(module());
        InstanceLimits limits = new InstanceLimits(5, 100);

        try (GuestInstance guest = EngineFixture.open(module, limits, PageBudget.UNLIMITED)) {
            assertThat((int) EngineFixture.call(guest, "growTable", 98)[0]).isEqualTo(-1);
            assertThat((int) EngineFixture.call(guest, "growTable", Integer.MAX_VALUE)[0])
                    .isEqualTo(-1);
            assertThat(EngineFixture.call(guest, "growTable", 97)).containsExactly(3);
            assertThat((int) EngineFixture.call(guest, "growMemory", 4)[0]).isEqualTo(-1);
            assertThat(EngineFixture.call(guest, "growMemory", 3)).containsExactly(2);
        }
    }

    @Test
    void memoryOverTheShareEndsTheExecutionAndIsGivenBack() throws Exception {
        LoadedModule module = EngineFixture.load(module());
        NodePages node = new NodePages(1_000, 0);

        try (GuestInstance guest = EngineFixture.open(module, InstanceLimits.DEFAULT, node.share(63))) {
            assertThatThrownBy(() -> EngineFixture.call(guest, "store", 0))
                    .isInstanceOfSatisfying(
                            GuestTrap.class,
                            trap -> assertThat(trap.reason()).isEqualTo(GuestTrap.Reason.MEMORY_LIMIT));
        }

        assertThat(node.used()).isZero();
    }

    @Test
    void aMinimumAboveTheLimitIsRefused() {
        assertThatThrownBy(() -> EngineFixture.compile(
                        new ModuleAssembler().memory(4_097).toBytes()))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("4097 pages")
                .hasMessageContaining("4096");
    }

    @Test
    void dataOutsideTheMemoryIsRefused() {
        byte[] module = new ModuleAssembler().memory(1).data(65_533, HELLO).toBytes();

        assertThatThrownBy(() -> EngineFixture.compile(module))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("segment does not fit");
    }

    @Test
    void signaturesAreCompared() throws Exception {
        LoadedModule module = EngineFixture.load(module());
        int load = module.exportedFunction("load").orElseThrow();

        assertThat(module.hasSignature(load, "i", "i")).isTrue();
        assertThat(module.hasSignature(load, "i", "I")).isFalse();
        assertThat(module.hasSignature(load, "", "i")).isFalse();
        assertThat(module.exportedFunction("missing")).isEmpty();
    }
}
