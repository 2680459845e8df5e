// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.WasmContainer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks up what a module's {@code name} section calls functions; names are for messages only and may be missing or wrong. */
final class FunctionNames {
    private static final int FUNCTION_NAMES = 1;

    private FunctionNames() {}

    /** The name of one function. */
    static Optional<String> find(byte[] module, int function) {
        return Optional.ofNullable(find(module, Set.of(function)).get(function));
    }

    /** The names of some functions, as far as there are any. */
    static Map<Integer, String> find(byte[] module, Set<Integer> functions) {
        Map<Integer, String> names = new HashMap<>();
        try {
            byte[] section = WasmContainer.sections(module).get("name");
            if (section != null) {
                read(section, functions, names);
            }
        } catch (ArtifactException e) {
            // a damaged name section costs names, nothing else
            return names;
        }
        return names;
    }

    private static void read(byte[] section, Set<Integer> functions, Map<Integer, String> names)
            throws ArtifactException {
        WasmInput in = new WasmInput(section, 0, section.length, () -> "the name section");
        while (in.remaining() > 0) {
            int kind = in.u8();
            int size = in.count("bytes of names", section.length, 1);
            if (kind != FUNCTION_NAMES) {
                in.skip(size);
                continue;
            }
            int count = in.count("names", section.length, 2);
            for (int i = 0; i < count; i++) {
                int function = (int) in.u32();
                String name = in.name();
                if (functions.contains(function)) {
                    names.put(function, name);
                }
            }
            return;
        }
    }
}
