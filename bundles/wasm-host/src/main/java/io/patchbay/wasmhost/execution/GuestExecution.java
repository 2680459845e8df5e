// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import com.dylibso.chicory.runtime.WasmFunctionHandle;
import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.hostservice.codec.MalformedMessageException;
import io.patchbay.plugin.PluginResponse;
import io.patchbay.port.BridgeContract;
import io.patchbay.wasmhost.engine.GuestAbort;
import io.patchbay.wasmhost.engine.GuestInstance;
import io.patchbay.wasmhost.engine.GuestJob;
import io.patchbay.wasmhost.engine.GuestTrap;
import io.patchbay.wasmhost.engine.InstanceSource;
import io.patchbay.wasmhost.engine.StopSignal;
import io.patchbay.wasmhost.hostcall.HostCallContext;
import io.patchbay.wasmhost.hostcall.HostCallDispatcher;
import io.patchbay.wasmhost.hostcall.HostServices;
import io.patchbay.wasmhost.hostcall.Incidents;
import io.patchbay.wasmhost.hostcall.Limit;
import io.patchbay.wasmhost.wasi.Wasi;
import io.patchbay.wasmhost.wasi.WasiState;
import io.patchbay.wire.BridgeResponse;
import io.patchbay.wire.PackedRange;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One run of a guest, from instance to decoded answer: the walk of contract 1.3, with its words for what goes wrong. Runs on
 * a guest thread; {@link #step()} may be asked from another.
 */
final class GuestExecution implements GuestJob<GuestExecution.Outcome> {
    private static final String INITIALIZE = "_initialize";

    /** Where a trap happened, in the contract's words. */
    enum Step {
        INSTANTIATE("instantiate dynamic plugin Wasm failed: "),
        INITIALIZE("initialize dynamic plugin Wasm runtime failed: "),
        ALLOC("call dynamic plugin alloc failed: "),
        EXECUTE("call dynamic plugin execute failed: ");

        private final String text;

        Step(String text) {
            this.text = text;
        }

        String failed(String reason) {
            return text + reason;
        }
    }

    /** What came out of a run that did not trap. */
    sealed interface Outcome {}

    /** The guest's answer, and when its request began to run. */
    record Answered(PluginResponse response, long instantiateNanos, long executeNanos) implements Outcome {}

    /** The text of a failure that is no trap. */
    record Failed(String text) implements Outcome {}

    /** What all executions of a node share. */
    record Node(HostServices services, Incidents incidents, RandomGenerator secureRandom) {}

    private final Node node;
    private final InstanceSource instances;
    private final BridgeContract bridge;
    private final ExecutionLimits limits;
    private final HostCallContext context;
    private final GrantedWasi granted;
    private final FieldWriter request;
    private final Runnable ended;
    private volatile Step step = Step.INSTANTIATE;
    private @Nullable HostCallDispatcher host;
    private volatile long hostCalls;

    GuestExecution(
            Node node,
            InstanceSource instances,
            BridgeContract bridge,
            ExecutionLimits limits,
            HostCallContext context,
            GrantedWasi granted,
            FieldWriter request,
            Runnable ended) {
        this.node = node;
        this.instances = instances;
        this.bridge = bridge;
        this.limits = limits;
        this.context = context;
        this.granted = granted;
        this.request = request;
        this.ended = ended;
    }

    Step step() {
        return step;
    }

    long hostCalls() {
        return hostCalls;
    }

    @Override
    public Outcome run(StopSignal signal) throws GuestTrap {
        Wasi wasi = new Wasi(WasiState.INITIAL);
        boolean answered = false;
        try {
            Outcome outcome = run(signal, wasi);
            answered = outcome instanceof Answered;
            return outcome;
        } finally {
            try {
                finish(wasi, answered);
            } finally {
                ended.run(); // whatever else fails, even for lack of memory: the plugin's place is free again
            }
        }
    }

    private void finish(Wasi wasi, boolean answered) {
        HostCallDispatcher dispatcher = host;
        if (dispatcher != null) {
            try {
                flush(wasi);
            } finally {
                dispatcher.end();
                hostCalls = dispatcher.calls();
            }
        }
        if (wasi.calls() >= limits.wasiCalls() && !answered) {
            context.usage().reached(Limit.WASI_CALLS);
        }
        context.usage().execution(answered, hostCalls, wasi.calls());
    }

    private Outcome run(StopSignal signal, Wasi wasi) throws GuestTrap {
        long began = System.nanoTime();
        try (GuestInstance guest =
                instances.instance((module, name, made) -> handler(module, name, made, signal, wasi), signal)) {
            HostCallDispatcher dispatcher = dispatcher(guest, signal, wasi);
            dispatcher.begin(context);
            OptionalInt alloc = guest.exportedFunction(bridge.allocExport());
            OptionalInt execute = guest.exportedFunction(bridge.executeExport());
            if (alloc.isEmpty() || execute.isEmpty()) {
                return new Failed("dynamic plugin Wasm bridge is missing required exported functions");
            }
            OptionalInt initialize = guest.exportedFunction(INITIALIZE);
            if (initialize.isPresent()) {
                step = Step.INITIALIZE;
                guest.call(initialize.getAsInt());
            }
            long initialized = System.nanoTime();
            return request(guest, alloc.getAsInt(), execute.getAsInt(), initialized - began, initialized);
        }
    }

    private Outcome request(GuestInstance guest, int alloc, int execute, long instantiateNanos, long began)
            throws GuestTrap {
        step = Step.ALLOC;
        long[] pointer = guest.call(alloc, request.size());
        if (pointer.length == 0) {
            return new Failed("dynamic plugin alloc returned no valid pointer");
        }
        if (!guest.memory().inBounds((int) pointer[0], request.size())) {
            return new Failed("write dynamic plugin request memory failed");
        }
        guest.memory().write((int) pointer[0], request.buffer(), request.offset(), request.size());
        step = Step.EXECUTE;
        long[] packed = guest.call(execute, request.size());
        if (packed.length == 0) {
            return new Failed("dynamic plugin execute returned no valid response");
        }
        return response(guest, packed[0], instantiateNanos, began);
    }

    private Outcome response(GuestInstance guest, long packed, long instantiateNanos, long began) {
        int length = (int) PackedRange.length(packed);
        if (!guest.memory().inBounds((int) PackedRange.pointer(packed), length)) {
            return new Failed("read dynamic plugin response memory failed");
        }
        if (length > limits.bridgeResponseBytes()) {
            context.usage().reached(Limit.BRIDGE_RESPONSE);
            return new Failed("dynamic plugin response of " + length + " bytes exceeds the limit of "
                    + limits.bridgeResponseBytes());
        }
        byte[] bytes = guest.memory().readBytes((int) PackedRange.pointer(packed), length);
        try {
            PluginResponse response = BridgeResponse.decode(new FieldReader(bytes));
            return new Answered(response, instantiateNanos, System.nanoTime() - began);
        } catch (MalformedMessageException e) {
            return new Failed(e.text());
        }
    }

    private Optional<WasmFunctionHandle> handler(
            String module, String name, GuestInstance guest, StopSignal signal, Wasi wasi) {
        HostCallDispatcher dispatcher = dispatcher(guest, signal, wasi);
        if (module.equals(HostCallDispatcher.MODULE) && name.equals(HostCallDispatcher.FUNCTION)) {
            return Optional.of(dispatcher);
        }
        return module.equals(Wasi.MODULE) ? wasi.function(name, guest.memory()) : Optional.empty();
    }

    /** The instance's dispatcher; made with its first import, so that a start section finds one without a context. */
    private HostCallDispatcher dispatcher(GuestInstance guest, StopSignal signal, Wasi wasi) {
        HostCallDispatcher made = host;
        if (made == null) {
            made = new HostCallDispatcher(node.services(), node.incidents(), guest);
            host = made;
            wasi.begin(granted.environment(made, node.secureRandom(), signal, context.usage(), limits.wasiCalls()));
        }
        return made;
    }

    /** Half a line that the guest printed goes out under its own execution; a deadline that has passed stops only that. */
    private static void flush(Wasi wasi) {
        try {
            wasi.end();
        } catch (GuestAbort e) {
            return; // the order to end came while the log had no provider
        }
    }
}
