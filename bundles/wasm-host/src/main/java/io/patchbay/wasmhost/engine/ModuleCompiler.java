// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.engine;

import io.patchbay.port.EngineException;
import io.patchbay.port.Progress;
import java.util.function.IntFunction;

/**
 * Compiles modules. Today in this process ({@link InProcessCompiler}); one that asks a child process fits behind the same
 * door. Thread-safe.
 */
@FunctionalInterface
public interface ModuleCompiler {
    /**
     * Compiles a module. Takes seconds for a megabyte of code.
     *
     * @param canonicalModule the canonical bytes that the admission scanner wrote; not kept, not null
     * @param functionNames names functions for people, by index with imported functions counted, not null
     * @param progress hears how far it is, not null
     * @return the result, never null
     * @throws EngineException when the module is refused or the node cannot do it now
     */
    CompiledArtifact compile(byte[] canonicalModule, IntFunction<String> functionNames, Progress progress)
            throws EngineException;
}
