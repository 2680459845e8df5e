// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost;

import io.patchbay.provider.DataFolder;
import io.patchbay.provider.ProviderException;
import io.patchbay.wasmhost.engine.CompiledArtifact;
import io.patchbay.wasmhost.engine.CompiledStore;
import io.patchbay.wasmhost.engine.SigningKey;
import io.patchbay.wasmhost.execution.CompiledArtifacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps compiled artifacts in the data folder while there is one that can be written, else in memory. Thread-safe.
 */
final class DataFolderArtifacts implements CompiledArtifacts {
    private static final String BUNDLE = "io.patchbay.wasmhost";

    private final FrameworkLog log;
    private volatile CompiledArtifacts current = CompiledArtifacts.inMemory();

    DataFolderArtifacts(FrameworkLog log) {
        this.log = log;
    }

    void use(DataFolder folder) {
        if (folder.readOnly()) {
            log.warning("the data folder cannot be written: compiled plugins are kept in memory only");
            return;
        }
        try {
            Path home = folder.folder(BUNDLE);
            current = CompiledArtifacts.in(
                    new CompiledStore(home.resolve("compiled"), SigningKey.loadOrCreate(home.resolve("key"))));
        } catch (IOException | ProviderException e) {
            log.report("open the store of compiled plugins; they are kept in memory only", e);
        }
    }

    /** Nothing may be opened in a folder that has left. */
    void useMemory() {
        current = CompiledArtifacts.inMemory();
    }

    @Override
    public Optional<CompiledArtifact> find(String digest) {
        return current.find(digest);
    }

    @Override
    public boolean contains(String digest) {
        return current.contains(digest);
    }

    @Override
    public void put(String digest, CompiledArtifact artifact) throws IOException {
        current.put(digest, artifact);
    }

    @Override
    public void remove(String digest) throws IOException {
        current.remove(digest);
    }
}
