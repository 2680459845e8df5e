// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.execution;

import io.patchbay.wasmhost.engine.CompiledArtifact;
import io.patchbay.wasmhost.engine.CompiledStore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Where compiled artifacts are kept, by the digest of the artifact they were made from. Thread-safe. */
public interface CompiledArtifacts {
    /**
     * Looks one up.
     *
     * @param digest 64 lower-case hex digits, not null
     * @return empty when there is none that may be used
     */
    Optional<CompiledArtifact> find(String digest);

    /**
     * Tells whether there seems to be one.
     *
     * @param digest 64 lower-case hex digits, not null
     * @return true when there is
     */
    boolean contains(String digest);

    /**
     * Keeps one.
     *
     * @param digest 64 lower-case hex digits, not null
     * @param artifact not null
     * @throws IOException when it cannot be written
     */
    void put(String digest, CompiledArtifact artifact) throws IOException;

    /**
     * Forgets one; does nothing when there is none.
     *
     * @param digest 64 lower-case hex digits, not null
     * @throws IOException when it cannot be deleted
     */
    void remove(String digest) throws IOException;

    /**
     * Keeps them in the data folder.
     *
     * @param store not null
     * @return never null
     */
    static CompiledArtifacts in(CompiledStore store) {
        return new CompiledArtifacts() {
            @Override
            public Optional<CompiledArtifact> find(String digest) {
                return store.find(digest);
            }

            @Override
            public boolean contains(String digest) {
                return store.contains(digest);
            }

            @Override
            public void put(String digest, CompiledArtifact artifact) throws IOException {
                store.put(digest, artifact);
            }

            @Override
            public void remove(String digest) throws IOException {
                store.remove(digest);
            }
        };
    }

    /**
     * Keeps the last few in memory: for a node without a data folder, or with one that cannot be written.
     *
     * @return never null
     */
    static CompiledArtifacts inMemory() {
        return new InMemory();
    }

    /** The last few, in memory. */
    final class InMemory implements CompiledArtifacts {
        private static final int KEPT = 4;

        private final Map<String, CompiledArtifact> artifacts = new LinkedHashMap<>(16, 0.75f, true);

        private InMemory() {}

        @Override
        public synchronized Optional<CompiledArtifact> find(String digest) {
            return Optional.ofNullable(artifacts.get(digest));
        }

        @Override
        public synchronized boolean contains(String digest) {
            return artifacts.containsKey(digest);
        }

        @Override
        public synchronized void put(String digest, CompiledArtifact artifact) {
            artifacts.put(digest, artifact);
            if (artifacts.size() > KEPT) {
                artifacts.remove(artifacts.keySet().iterator().next());
            }
        }

        @Override
        public synchronized void remove(String digest) {
            artifacts.remove(digest);
        }
    }
}
