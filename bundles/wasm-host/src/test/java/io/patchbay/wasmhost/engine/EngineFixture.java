// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.WasmFunctionHandle;
import io.patchbay.port.EngineException;
import io.patchbay.port.Progress;
import java.util.Optional;

/** Compiles and runs modules for tests: a host whose functions all answer 0. */
final class EngineFixture {
    static final long LONG = 60_000_000_000L;
    static final long SOON = 30_000_000L;

    private EngineFixture() {}

    static CompiledArtifact compile(byte[] module) throws EngineException {
        return new InProcessCompiler(InstanceLimits.DEFAULT)
                .compile(module, index -> "function " + index, Progress.NONE);
    }

    static LoadedModule load(byte[] module) throws EngineException {
        return LoadedModule.load(compile(module));
    }

    static StopSignal noDeadline() {
        return new StopSignal(System.nanoTime() + LONG);
    }

    /** Host functions that answer 0; a host call lets the guest allocate its response first, as the real one does. */
    static Optional<WasmFunctionHandle> imports(String module, String name, GuestInstance guest) {
        if (!name.equals("host_call")) {
            return Optional.of((instance, arguments) -> new long[1]);
        }
        return Optional.of((instance, arguments) -> {
            guest.exportedFunction("lina_host_call_alloc").ifPresent(alloc -> guest.callNested(alloc, new long[] {16}));
            return new long[1];
        });
    }

    static GuestInstance open(LoadedModule module) throws GuestTrap {
        return open(module, InstanceLimits.DEFAULT, PageBudget.UNLIMITED);
    }

    static GuestInstance open(LoadedModule module, InstanceLimits limits, PageBudget budget) throws GuestTrap {
        return new FreshInstances(module, () -> limits, budget).instance(EngineFixture::imports, noDeadline());
    }

    static long[] call(GuestInstance guest, String export, long... arguments) throws GuestTrap {
        return guest.call(guest.exportedFunction(export).orElseThrow(), arguments);
    }
}
