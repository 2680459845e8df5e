// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import io.patchbay.hostservice.HostServiceDescriptor;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The engine behind its door: admits, compiles, loads and runs modules. Implemented by {@code io.patchbay.wasmhost}, used
 * by {@code io.patchbay.lifecycle}. Thread-safe. When the service leaves, everything it loaded is closed; its user loads
 * again from the service that returns.
 */
@ProviderType
public interface Engine {
    /**
     * Checks a module without compiling it.
     *
     * @param descriptor the artifact's own description, not null
     * @param artifact the artifact's bytes; not kept, not null
     * @return what was found, never null
     * @throws EngineException when the module is refused
     */
    ModuleFacts inspect(PluginDescriptor descriptor, byte[] artifact) throws EngineException;

    /**
     * Compiles a release when no verified compiled form is stored, and stores it; then does nothing.
     *
     * @param release the release, its archive readable, not null
     * @param progress hears how far it is, not null
     * @return what was found, never null
     * @throws EngineException when the module is refused or the node cannot do it now
     */
    ModuleFacts prepare(Release release, Progress progress) throws EngineException;

    /**
     * Loads a release for running, preparing it first when that is needed.
     *
     * @param release the release, not null
     * @param grants what was granted to it and is requested by it, not null
     * @param progress hears how far it is, not null
     * @return the loaded release; the caller closes it
     * @throws EngineException when the module is refused or the node cannot do it now
     */
    LoadedRelease load(Release release, List<Grant> grants, Progress progress) throws EngineException;

    /**
     * Drops what is stored of a release that is gone for good. What cannot be dropped stays and does no harm.
     *
     * @param digest SHA-256 of the artifact, 64 lower-case hex digits, not null
     */
    void forget(String digest);

    /**
     * The host services that bundles provide now.
     *
     * @return unmodifiable, sorted by name, never null
     */
    List<HostServiceDescriptor> hostServices();

    /**
     * Tells whether a bundle has provided a host service since this engine started, be it gone by now: calls then wait for
     * its return, while a service that nobody has provided is unknown to them (contract D12, D13).
     *
     * @param service its name, not null
     * @return true when a call finds it or waits for it
     */
    boolean hasKnown(String service);

    /**
     * The host services of which {@link #hasKnown} is true.
     *
     * @return unmodifiable, sorted by name, never null
     */
    List<HostServiceDescriptor> knownHostServices();

    /**
     * Takes over what the engine before this one knew, so that a service that is away while the engine is replaced is waited
     * for and not unknown.
     *
     * @param known what that one said it knew, not null
     */
    void expect(List<HostServiceDescriptor> known);
}
