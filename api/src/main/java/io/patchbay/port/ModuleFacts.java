// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.List;

/**
 * What the engine found out about a module, for {@code inspect}.
 *
 * @param functions how many functions the module defines
 * @param codeBytes the size of its code section in bytes
 * @param memoryPages its declared minimum of 64 KiB pages
 * @param oversizedFunctions functions too large to be compiled, as {@code name (bytes)}; they run metered, not null
 * @param compiled whether a compiled form is stored already
 */
public record ModuleFacts(
        int functions, long codeBytes, int memoryPages, List<String> oversizedFunctions, boolean compiled) {
    /** Copies the list. */
    public ModuleFacts {
        oversizedFunctions = List.copyOf(oversizedFunctions);
    }
}
