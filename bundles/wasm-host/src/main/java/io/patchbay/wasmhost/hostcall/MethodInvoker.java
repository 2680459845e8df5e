// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import io.patchbay.hostservice.HostCallException;
import io.patchbay.wasmhost.engine.GuestAbort;
import io.patchbay.wasmhost.engine.GuestTrap;
import io.patchbay.wasmhost.engine.StopSignal;

/** Calls bound methods under a lease on their host service, and turns whatever they throw into an answer. */
final class MethodInvoker {
    private final Incidents incidents;
    private final StopSignal signal;

    MethodInvoker(Incidents incidents, StopSignal signal) {
        this.incidents = incidents;
        this.signal = signal;
    }

    /** Calls what a grant is bound to now; while its service is away, waits for it. */
    void invoke(GuestCall call, GrantedMethod granted) throws HostCallException {
        while (true) {
            Binding binding = granted.binding();
            if (binding == null) {
                granted.slot().awaitBinding(granted, signal);
            } else if (call(call, granted, binding)) {
                return;
            } else {
                Thread.onSpinWait(); // its successor, or its absence, is published before a generation closes
            }
        }
    }

    /**
     * Calls a bound method under a lease; false when its generation has been replaced, before the call or while it only waited
     * there, so that it gave the call back. The lease is taken and given back in
     * one frame: where the guest left enough stack to take it, there is enough to give it back, whatever the method does.
     */
    private boolean call(GuestCall call, GrantedMethod granted, Binding binding) throws HostCallException {
        ServiceGeneration generation = binding.generation();
        if (!generation.enter()) {
            return false;
        }
        boolean late;
        call.lease(generation);
        signal.enterProvider();
        try {
            binding.method().call(call);
        } catch (HostCallException e) {
            if (e.isRecalled() && generation.isRetired()) {
                call.rewind();
                return false;
            }
            throw e;
        } catch (StackOverflowError e) {
            throw new GuestAbort(
                    GuestTrap.Reason.CALL_STACK_EXHAUSTED,
                    GuestTrap.Reason.CALL_STACK_EXHAUSTED.text() + " in a host call");
        } catch (VirtualMachineError e) {
            throw e; // the node's heap is at its end: the execution is, too
        } catch (Throwable e) { // whatever a method throws becomes an answer (contract D14)
            throw HostCallException.incident(incidents.report(
                    "host call " + granted.slot().name() + "." + granted.method() + " of plugin "
                            + call.execution().pluginId() + ", execution "
                            + call.execution().executionId(),
                    e));
        } finally {
            signal.leaveProvider();
            call.lease(null);
            late = generation.leave();
        }
        if (late) {
            throw HostCallException.providerUnavailable(granted.slot().name());
        }
        return true;
    }
}
