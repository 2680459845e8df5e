// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.MemorySection;
import io.patchbay.port.EngineException;

/**
 * What a module says about its memory. A module without one gets one of no pages, because the flag is in the memory.
 *
 * @param initial pages of 64 KiB to start with
 * @param maximum pages of 64 KiB to grow to
 */
record MemoryDeclaration(int initial, int maximum) {
    static MemoryDeclaration of(WasmModule module) {
        MemorySection section = module.memorySection().orElse(null);
        if (section == null || section.memoryCount() == 0) {
            return new MemoryDeclaration(0, 0);
        }
        var limits = section.getMemory(0).limits();
        return new MemoryDeclaration(limits.initialPages(), limits.maximumPages());
    }

    /** The initial size, which the limit has to allow. */
    int checkedInitial(InstanceLimits limits) throws EngineException {
        if (initial > limits.maximumPages()) {
            throw new EngineException(
                    EngineException.Reason.REFUSED,
                    "the module asks for a memory of " + initial + " pages of 64 KiB at least; the limit is "
                            + limits.maximumPages());
        }
        return initial;
    }
}
