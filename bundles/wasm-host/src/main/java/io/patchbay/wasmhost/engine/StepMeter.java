// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.types.Instruction;

/**
 * Makes the engine's interpreter, which runs functions too large for a JVM method, look at the flag: it never does so
 * itself in ordinary loops. One per instance.
 */
final class StepMeter implements ExecutionListener {
    private static final int STEPS = 256; // 4 us of interpreted code

    private final GuestMemory memory;
    private int left = STEPS;

    StepMeter(GuestMemory memory) {
        this.memory = memory;
    }

    @Override
    public void onExecution(Instruction instruction, MStack stack) {
        if (--left > 0) {
            return;
        }
        left = STEPS;
        memory.check();
    }
}
