// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact.module;

import io.patchbay.artifact.ArtifactException;
import io.patchbay.artifact.ArtifactException.Code;
import io.patchbay.artifact.WasmContainer;

/**
 * Admission before the engine (DESIGN 8): reads the raw bytes of an untrusted module once, in time and memory linear in their
 * number, and refuses what is malformed, uses a feature that is not offered, or would make the engine's parser, compiler or
 * instances spend more than {@link ModuleLimits} allow. This is the <em>core</em> rule set; {@link PluginRules} adds what a
 * plugin may import and must export. Operand types are left to the engine's validator, which is linear itself. Immutable,
 * thread-safe.
 */
public final class ModuleScanner {
    private final ModuleLimits limits;

    /**
     * A scanner with the given limits.
     *
     * @param limits not null
     */
    public ModuleScanner(ModuleLimits limits) {
        this.limits = limits;
    }

    /**
     * Scans a module.
     *
     * @param module the bytes, custom sections included; the result refers to them, not null
     * @return what was found, never null
     * @throws ArtifactException when the module is refused; the message names function, feature and offset
     */
    public ScannedModule scan(byte[] module) throws ArtifactException {
        if (module.length > limits.artifactBytes()) {
            throw new ArtifactException(
                    Code.LIMIT, "the file has " + module.length + " bytes, the limit is " + limits.artifactBytes());
        }
        WasmContainer.checkHeader(module);
        return new SectionScanner(module, limits).scan();
    }

    /**
     * Scans a module for use as a plugin: core rules, then {@link PluginRules}.
     *
     * @param module the bytes, custom sections included; the result refers to them, not null
     * @return what was found, never null
     * @throws ArtifactException when the module is refused
     */
    public ScannedModule scanPlugin(byte[] module) throws ArtifactException {
        ScannedModule scanned = scan(module);
        PluginRules.check(scanned);
        return scanned;
    }

    /** The limits of this scanner. */
    public ModuleLimits limits() {
        return limits;
    }
}
