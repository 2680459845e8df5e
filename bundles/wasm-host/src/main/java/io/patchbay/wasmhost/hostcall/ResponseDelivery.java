// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

import com.dylibso.chicory.wasm.ChicoryException;
import io.patchbay.hostservice.codec.FieldWriter;
import io.patchbay.port.BridgeContract;
import io.patchbay.wasmhost.engine.GuestAbort;
import io.patchbay.wasmhost.engine.GuestInstance;
import io.patchbay.wasmhost.engine.GuestMemory;
import io.patchbay.wasmhost.engine.GuestTrap;
import io.patchbay.wire.PackedRange;

/** Puts responses into memory that the guest allocates for them; used by the instance's thread alone. */
final class ResponseDelivery {
    private static final int MISSING = -1;

    private final GuestInstance guest;
    private final GuestMemory memory;
    private final int allocExport;
    private final long[] allocArgument = new long[1];

    ResponseDelivery(GuestInstance guest) {
        this.guest = guest;
        memory = guest.memory();
        allocExport =
                guest.exportedFunction(BridgeContract.HOST_CALL_ALLOC_EXPORT).orElse(MISSING);
    }

    /** Writes a response where the guest wants it; what cannot be delivered ends the execution (contract D15). */
    long deliver(FieldWriter response) {
        int length = response.size();
        if (length == 0) {
            memory.check();
            return 0;
        }
        int pointer = allocate(length);
        if (!memory.inBounds(pointer, length)) {
            throw undeliverable(length, "lina_host_call_alloc returned a place outside of memory");
        }
        memory.write(pointer, response.buffer(), response.offset(), length);
        memory.check();
        return PackedRange.pack(pointer, length);
    }

    private int allocate(int length) {
        if (allocExport == MISSING) {
            throw undeliverable(length, "the plugin does not export lina_host_call_alloc");
        }
        allocArgument[0] = length;
        long[] pointer;
        try {
            pointer = guest.callNested(allocExport, allocArgument);
        } catch (ChicoryException | ArrayIndexOutOfBoundsException e) {
            throw undeliverable(length, "lina_host_call_alloc trapped: " + e.getMessage());
        }
        if (pointer.length == 0) {
            throw undeliverable(length, "lina_host_call_alloc returned no pointer");
        }
        return (int) pointer[0];
    }

    private static GuestAbort undeliverable(int length, String why) {
        return new GuestAbort(
                GuestTrap.Reason.HOST_ABORT,
                "a host call response of " + length + " bytes could not be delivered: " + why);
    }
}
