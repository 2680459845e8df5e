// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.types.FunctionImport;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One execution's instance of a module, and the boundary between host and guest: whatever a call throws comes out as a
 * {@link GuestTrap}, after which the instance is dead. Used by one thread at a time.
 */
public final class GuestInstance implements AutoCloseable {
    private static final long[] NO_RESULTS = {};

    private final LoadedModule module;
    private final GuestMemory memory;
    private final StopSignal signal;
    private @Nullable Machine machine;
    private boolean dead;

    private GuestInstance(LoadedModule module, GuestMemory memory, StopSignal signal) {
        this.module = module;
        this.memory = memory;
        this.signal = signal;
    }

    /** Makes an instance and runs its start section. */
    static GuestInstance open(
            LoadedModule module, InstanceLimits limits, PageBudget budget, HostImports imports, StopSignal signal)
            throws GuestTrap {
        GuestMemory memory = module.newMemory(limits, budget);
        GuestInstance guest = new GuestInstance(module, memory, signal);
        signal.attach(memory);
        try {
            guest.build(limits, imports);
            return guest;
        } catch (Throwable e) { // nothing but a trap leaves the boundary
            guest.close();
            throw e instanceof GuestTrap trap ? trap : GuestTrap.of(e);
        }
    }

    private void build(InstanceLimits limits, HostImports imports) throws GuestTrap {
        memory.check();
        List<ImportFunction> functions = new ArrayList<>();
        for (FunctionImport wanted : module.imports()) {
            var handler = imports.function(wanted.module(), wanted.name(), this)
                    .orElseThrow(() -> new GuestTrap(
                            GuestTrap.Reason.ENGINE,
                            "the import " + wanted.module() + "." + wanted.name() + " is not offered"));
            functions.add(new HostFunction(wanted.module(), wanted.name(), module.type(wanted), handler));
        }
        Instance.Builder builder = Instance.builder(module.module())
                .withInitialize(false)
                .withStart(false)
                .withImportValues(
                        ImportValues.builder().withFunctions(functions).build())
                .withMachineFactory(module::newMachine)
                .withMemoryFactory(ignored -> memory)
                .withTableFactory(module.newTables(limits));
        if (!module.oversized().isEmpty()) {
            builder.withUnsafeExecutionListener(new StepMeter(memory));
        }
        Instance instance = builder.build();
        machine = instance.getMachine();
        instance.initialize(false);
    }

    /**
     * The memory.
     *
     * @return never null
     */
    public GuestMemory memory() {
        return memory;
    }

    /**
     * How this execution is ordered to end.
     *
     * @return never null
     */
    public StopSignal signal() {
        return signal;
    }

    /**
     * Looks an exported function up.
     *
     * @param name the export's name, not null
     * @return its index, for {@link #call} and {@link #callNested}; empty when no function is exported so
     */
    public OptionalInt exportedFunction(String name) {
        return module.exportedFunction(name);
    }

    /**
     * Calls a function of the guest from outside.
     *
     * @param function its index
     * @param arguments as many as it takes: i32 in the low half, f32 and f64 as bits; not null
     * @return its results, empty when it has none, never null
     * @throws GuestTrap when it gave none, or when an earlier call trapped
     */
    public long[] call(int function, long... arguments) throws GuestTrap {
        if (dead) {
            throw new GuestTrap(GuestTrap.Reason.ENGINE, "this instance has ended");
        }
        try {
            memory.check();
            return callNested(function, arguments);
        } catch (Throwable e) { // nothing but a trap leaves the boundary
            dead = true;
            throw GuestTrap.of(e);
        }
    }

    /**
     * Calls a function of the guest from inside a host function. What it throws has to fly on.
     *
     * @param function its index
     * @param arguments as for {@link #call}; not kept, not null
     * @return its results, empty when it has none, never null
     */
    public long[] callNested(int function, long[] arguments) {
        Machine running = machine;
        if (running == null) {
            throw new GuestAbort(GuestTrap.Reason.ENGINE, "nothing of this instance may run yet");
        }
        long[] results = running.call(function, arguments);
        return results == null ? NO_RESULTS : results;
    }

    /** The loader of the generated classes. */
    ClassLoader classLoader() {
        return module.classLoader();
    }

    /** Gives the memory back. The instance must not be used any more. Idempotent. */
    @Override
    public void close() {
        dead = true;
        memory.release();
    }
}
