// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.FunctionImport;
import io.patchbay.port.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The memory and the tables of a module before its first instruction. Offsets of segments are constants, so they are the
 * same for every instance and are worked out once, by an instance that runs nothing.
 */
record StartImage(MemoryImage memory, List<int[]> tables) {
    /**
     * Works it out.
     *
     * @throws EngineException when a segment does not fit
     */
    static StartImage of(WasmModule module, List<FunctionImport> imports, int pages, InstanceLimits limits)
            throws EngineException {
        GuestMemory memory = new GuestMemory(MemoryImage.zeros(pages), pages, PageBudget.UNLIMITED);
        List<GuestTable> tables = new ArrayList<>();
        List<ImportFunction> functions = new ArrayList<>();
        for (FunctionImport wanted : imports) {
            var type = module.typeSection().getType(wanted.typeIndex());
            functions.add(new HostFunction(wanted.module(), wanted.name(), type, (instance, arguments) -> new long[0]));
        }
        try {
            Instance instance = Instance.builder(module)
                    .withInitialize(false)
                    .withImportValues(
                            ImportValues.builder().withFunctions(functions).build())
                    .withMachineFactory(ignored -> (function, arguments) -> new long[0])
                    .withMemoryFactory(ignored -> memory)
                    .withTableFactory((table, value) -> {
                        int[] entries = new int[(int) table.limits().min()];
                        Arrays.fill(entries, value);
                        GuestTable made = new GuestTable(table, entries, limits.maximumTableEntries());
                        tables.add(made);
                        return made;
                    })
                    .build();
            instance.initialize(false);
            for (DataSegment segment : module.dataSection().dataSegments()) {
                if (segment instanceof ActiveDataSegment active) {
                    long offset = ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
                    memory.write((int) offset, active.data(), 0, active.data().length);
                }
            }
        } catch (RuntimeException e) {
            throw new EngineException(
                    EngineException.Reason.REFUSED,
                    "the module cannot be instantiated: a data or element segment does not fit ("
                            + GuestTrap.of(e).reason().text() + ")",
                    e);
        }
        return new StartImage(
                memory.image(), tables.stream().map(GuestTable::snapshot).toList());
    }
}
