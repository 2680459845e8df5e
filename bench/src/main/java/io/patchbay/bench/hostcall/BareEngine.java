// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bench.hostcall;

import static io.patchbay.artifact.assembler.ModuleAssembler.I32;
import static io.patchbay.artifact.assembler.ModuleAssembler.I64;
import static io.patchbay.artifact.assembler.ModuleAssembler.values;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.patchbay.artifact.assembler.Code;
import io.patchbay.artifact.assembler.ModuleAssembler;
import java.util.List;

/** The engine alone: a guest that calls an import that does nothing, in a loop. One thread at a time. */
public final class BareEngine {
    private static final int WARM_UP = 2_000_000;
    private static final int TURNS = 2_000_000;
    private static final int ROUNDS = 20;

    private final Machine machine;
    private final int loop;
    private final long[] arguments = new long[1];

    /** Compiles the guest. */
    public BareEngine() {
        ModuleAssembler assembler = new ModuleAssembler();
        int imported = assembler.importFunction("lina_env", "host_call", assembler.type(values(I32, I32, I32), I64));
        Code code = new Code().loop();
        code.i32Const(1).i32Const(1024).i32Const(61).call(imported).drop();
        code.localGet(0).i32Const(1).i32Sub().localTee(0).brIf(0).end();
        loop = assembler.function(assembler.type(values(I32)), code);
        assembler.memory(2).exportFunction("loop", loop);
        WasmModule module = Parser.parse(assembler.toBytes());
        long[] nothing = new long[1];
        HostFunction hostCall = new HostFunction(
                "lina_env",
                "host_call",
                FunctionType.of(List.of(ValType.I32, ValType.I32, ValType.I32), List.of(ValType.I64)),
                (instance, given) -> nothing);
        Instance instance = Instance.builder(module)
                .withMachineFactory(MachineFactoryCompiler.compile(module))
                .withImportValues(ImportValues.builder().addFunction(hostCall).build())
                .build();
        machine = instance.getMachine();
    }

    /** Makes that many host calls, at least 1. */
    public void call(int turns) {
        arguments[0] = turns;
        machine.call(loop, arguments);
    }

    /** The cost of one host call that does nothing: the best round, in ns. */
    public static double noopHostCallNanos() {
        BareEngine engine = new BareEngine();
        engine.call(WARM_UP);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            engine.call(TURNS);
            best = Math.min(best, (System.nanoTime() - begin) / (double) TURNS);
        }
        return best;
    }
}
