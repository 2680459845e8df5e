// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import io.patchbay.wasmhost.engine.GuestAbort;
import io.patchbay.wasmhost.engine.GuestTrap;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * WASI preview 1 of one instance. Like the instance, used by one thread at a time.
 *
 * <p>Its functions work between {@link #begin} and {@link #end}; outside they trap the guest.
 */
public final class Wasi {
    /** The module name under which guests import the functions. */
    public static final String MODULE = "wasi_snapshot_preview1";

    private final StandardDescriptors descriptors = new StandardDescriptors();
    private final WasiRandom random = new WasiRandom();
    private final WasiClocks clocks;
    private final WasiPoll poll;
    private final long[] result = new long[1];
    private @Nullable WasiEnvironment environment;
    private long calls;

    /**
     * Makes the WASI of one instance.
     *
     * @param state where it starts, not null
     */
    public Wasi(WasiState state) {
        this(state, System::nanoTime);
    }

    Wasi(WasiState state, LongSupplier nanoTime) {
        clocks = new WasiClocks(nanoTime);
        poll = new WasiPoll(descriptors, clocks);
        restore(state);
    }

    /**
     * Gives the handler of one import.
     *
     * @param name the import's name, not null
     * @param memory the memory of the instance, not null
     * @return empty when preview 1 has no such function
     */
    public Optional<WasmFunctionHandle> function(String name, Memory memory) {
        return WasiFunction.named(name).map(function -> (instance, arguments) -> call(function, memory, arguments));
    }

    /**
     * Starts an execution.
     *
     * @param executionEnvironment what it may see, not null
     */
    public void begin(WasiEnvironment executionEnvironment) {
        environment = Objects.requireNonNull(executionEnvironment, "executionEnvironment");
        calls = 0;
        clocks.begin();
    }

    /** Ends the execution, however it went: hands out half a line that it printed. Idempotent. */
    public void end() {
        WasiEnvironment ended = environment;
        if (ended == null) {
            return;
        }
        environment = null;
        clocks.end(ended);
        descriptors.flush(ended.streams());
    }

    /**
     * How many WASI calls the current or last execution made.
     *
     * @return 0 or more, at most the limit
     */
    public long calls() {
        return calls;
    }

    /**
     * What has to be kept beside memory to start another execution from here. Asked between executions.
     *
     * @return never null
     */
    public WasiState capture() {
        return new WasiState(descriptors.open(), random.position(), clocks.wallNanos(), clocks.monotonicNanos());
    }

    /**
     * Goes back to a captured state. Asked between executions.
     *
     * @param state not null
     */
    public void restore(WasiState state) {
        descriptors.restore(state.openDescriptors());
        random.restore(state.randomPosition());
        clocks.restore(state.wallNanos(), state.monotonicNanos());
    }

    StandardDescriptors descriptors() {
        return descriptors;
    }

    WasiRandom random() {
        return random;
    }

    WasiClocks clocks() {
        return clocks;
    }

    WasiPoll poll() {
        return poll;
    }

    /** Counts and carries out one call; the array is the same for every call. */
    long[] call(WasiFunction function, Memory memory, long... args) {
        WasiEnvironment current = environment;
        if (current == null) {
            throw new IllegalStateException("WASI call " + function.importName() + " outside an execution");
        }
        current.deadline().check();
        if (calls >= current.callLimit()) {
            throw new GuestAbort(
                    GuestTrap.Reason.HOST_ABORT, "the execution made more than " + current.callLimit() + " WASI calls");
        }
        calls++;
        result[0] = function.apply(this, memory, args, current);
        return result;
    }
}
