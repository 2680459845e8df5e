// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patchbay.artifact.assembler.Code;
import io.patchbay.artifact.assembler.GuestBuilder;
import io.patchbay.artifact.assembler.Guests;
import io.patchbay.artifact.assembler.ModuleAssembler;
import io.patchbay.port.EngineException;
import io.patchbay.port.Progress;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

final class InProcessCompilerTest {
    /** The calls of a static method by that name in a class, looked for by the full reader. */
    private static int calls(GuestClass generated, String member) {
        int[] found = {0};
        new ClassReader(generated.bytes())
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(int a, String n, String d, String s, String[] e) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String name, String descriptor, boolean itf) {
                                        if (name.equals(member)) {
                                            found[0]++;
                                        }
                                    }
                                };
                            }
                        },
                        0);
        return found[0];
    }

    @Test
    void everyCheckOfTheEngineIsReplaced() throws Exception {
        CompiledArtifact artifact = EngineFixture.compile(Guests.failing().get("recursion-indirect"));

        assertThat(artifact.classes())
                .allSatisfy(generated ->
                        assertThat(calls(generated, ClassTransformer.CHECK)).isZero());
        assertThat(artifact.classes().stream()
                        .mapToInt(generated -> calls(generated, "poll"))
                        .sum())
                .isGreaterThan(3);
    }

    @Test
    void aForeignReferenceIsRefused() throws Exception {
        List<GuestClass> classes =
                new ArrayList<>(EngineFixture.compile(Guests.noop()).classes());
        classes.add(new GuestClass("io.patchbay.wasmhost.engine.GuestMemory", new byte[0]));

        assertThatThrownBy(() -> GeneratedClasses.check(classes, 1_000))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("unexpected name");
        byte[] other = classOf(InProcessCompilerTest.class);
        assertThatThrownBy(() ->
                        GeneratedClasses.check(List.of(new GuestClass(GeneratedClasses.GROUP + "0", other)), 1_000))
                .hasMessageContaining("names itself otherwise");
        byte[] unchanged = classOf(com.dylibso.chicory.compiler.internal.Shaded.class);
        assertThatThrownBy(() -> GeneratedClasses.check(
                        List.of(new GuestClass("com.dylibso.chicory.compiler.internal.Shaded", unchanged)), 1_000))
                .hasMessageContaining("unexpected name");
    }

    private static byte[] classOf(Class<?> type) {
        return new TransformingCollector(new ClassTransformer("none"), name -> {}).resolve(type);
    }

    @Test
    void anOversizedFunctionIsListedAndRuns() throws Exception {
        LoadedModule module = EngineFixture.load(Guests.oversizedOnce());

        assertThat(module.oversized()).singleElement().satisfies(function -> {
            assertThat(function.index())
                    .isEqualTo(module.exportedFunction(GuestBuilder.EXECUTE).orElseThrow());
            assertThat(function.bytes()).isGreaterThan(100_000);
        });
        try (GuestInstance guest = EngineFixture.open(module)) {
            assertThat(EngineFixture.call(guest, GuestBuilder.EXECUTE, 0)).containsExactly(0);
        }
    }

    @Test
    void compiledAndInterpretedFunctionsCallEachOther() throws Exception {
        ModuleAssembler module = new ModuleAssembler();
        int type = module.type(values(I32), I32);
        int twice = module.function(type, new Code().localGet(0).localGet(0).i32Add());
        Code large = new Code();
        for (int i = 0; i < 30_000; i++) {
            large.localGet(0).i32Const(1).i32Add().localSet(0);
        }
        int middle = module.function(type, large.localGet(0).call(twice));
        module.exportFunction(
                "run", module.function(type, new Code().localGet(0).call(middle)));
        LoadedModule loaded = EngineFixture.load(module.memory(1).toBytes());

        assertThat(loaded.oversized()).hasSize(1);
        try (GuestInstance guest = EngineFixture.open(loaded)) {
            assertThat(EngineFixture.call(guest, "run", 5)).containsExactly(2 * 30_005);
        }
    }

    @Test
    void tooManyOversizedFunctionsAreRefusedByName() {
        ModuleAssembler module = new ModuleAssembler();
        int type = module.type(values());
        Code large = new Code().locals(1, I32);
        for (int i = 0; i < 17_000; i++) {
            large.localGet(0).i32Const(1).i32Add().localSet(0);
        }
        for (int i = 0; i < 3; i++) {
            module.function(type, large);
        }

        InProcessCompiler compiler = new InProcessCompiler(InstanceLimits.DEFAULT, 2);

        assertThatThrownBy(
                        () -> compiler.compile(module.memory(1).toBytes(), index -> "function " + index, Progress.NONE))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("more than 2 functions")
                .hasMessageContaining("function 0 (");
    }

    @Test
    void aModuleWithoutMemoryRuns() throws Exception {
        ModuleAssembler module = new ModuleAssembler();
        int type = module.type(values(), I32);
        module.exportFunction("seven", module.function(type, new Code().i32Const(7)));

        try (GuestInstance guest = EngineFixture.open(EngineFixture.load(module.toBytes()))) {
            assertThat(EngineFixture.call(guest, "seven")).containsExactly(7);
            assertThat(guest.memory().pages()).isZero();
        }
    }

    @Test
    void whatTheEngineCannotReadIsRefused() {
        assertThatThrownBy(() -> EngineFixture.compile(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 9, 9}))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(EngineException.Reason.REFUSED));
    }

    @Test
    void aDroppedModuleLeavesNoClassLoader() throws Exception {
        ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
        PhantomReference<ClassLoader> loader = runAndDrop(gone);

        boolean cleared = false;
        for (int turn = 0; turn < 100 && !cleared; turn++) {
            System.gc();
            cleared = gone.remove(50) != null;
        }

        assertThat(cleared).as("the loader of " + loader + " is gone").isTrue();
    }

    private static PhantomReference<ClassLoader> runAndDrop(ReferenceQueue<ClassLoader> gone) throws Exception {
        LoadedModule module = EngineFixture.load(Guests.failing().get("recursion"));
        FreshInstances source = new FreshInstances(module, () -> InstanceLimits.DEFAULT, PageBudget.UNLIMITED);
        ClassLoader[] loader = new ClassLoader[1];
        try (Deadlines deadlines = new Deadlines()) {
            GuestThreads threads = new GuestThreads(GuestThreads.Settings.DEFAULT, deadlines);
            assertThatThrownBy(() -> threads.run(
                            signal -> {
                                try (GuestInstance guest = source.instance(EngineFixture::imports, signal)) {
                                    loader[0] = guest.classLoader();
                                    return EngineFixture.call(guest, GuestBuilder.EXECUTE, 0);
                                }
                            },
                            EngineFixture.LONG,
                            () -> {}))
                    .hasMessage("call stack exhausted");
            assertThat(threads.close(Duration.ofSeconds(10))).isTrue();
        }
        return new PhantomReference<>(loader[0], gone);
    }
}
