// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import com.dylibso.chicory.runtime.WasmFunctionHandle;
import java.util.Optional;

/**
 * What the host offers to one execution. Asked once per imported function while an instance is made, so that a handler can
 * keep all it needs (memory, export indices, scratch buffers) in its own fields and a call looks nothing up.
 */
@FunctionalInterface
public interface HostImports {
    /**
     * Gives the handler of one import. It is called on the guest's thread only. It throws {@link GuestAbort} to end the
     * execution; anything else that it throws ends the execution too.
     *
     * @param module the import's module, not null
     * @param name the import's name, not null
     * @param guest the instance being made: its memory and exports are there, nothing has run yet; not null
     * @return the handler, or empty when this is not offered: then the instance is not made
     */
    Optional<WasmFunctionHandle> function(String module, String name, GuestInstance guest);
}
