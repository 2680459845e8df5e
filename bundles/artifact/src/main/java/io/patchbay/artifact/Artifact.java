// SPDX-License-Identifier: Apache-2.0
package io.patchbay.artifact;

import io.patchbay.artifact.module.ScannedModule;
import io.patchbay.port.PluginDescriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * A plugin as it is archived: one file with module and sections. Folder, zip and packed file of a plugin give the same
 * artifact. Immutable as long as nobody writes to its bytes.
 */
public final class Artifact {
    private final byte[] bytes;
    private final String sha256;
    private final PluginDescriptor descriptor;
    private final ScannedModule module;

    Artifact(byte[] bytes, String sha256, PluginDescriptor descriptor, ScannedModule module) {
        this.bytes = bytes;
        this.sha256 = sha256;
        this.descriptor = descriptor;
        this.module = module;
    }

    /**
     * The packed file.
     *
     * @return not a copy: nobody writes to it, never null
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * The digest that names the artifact.
     *
     * @return SHA-256, 64 lower-case hex digits, never null
     */
    public String sha256() {
        return sha256;
    }

    /**
     * What the artifact says about itself, validated.
     *
     * @return never null
     */
    public PluginDescriptor descriptor() {
        return descriptor;
    }

    /**
     * What the scanner found in the module.
     *
     * @return never null
     */
    public ScannedModule module() {
        return module;
    }

    /**
     * What is accepted but not acted on.
     *
     * @return one line each, unmodifiable, never null
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(descriptor.unusedSections());
        descriptor
                .unknownMembers()
                .forEach(member -> notes.add(member + ": not known to this host, or not used by it"));
        return List.copyOf(notes);
    }
}
