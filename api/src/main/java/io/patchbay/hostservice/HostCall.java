// SPDX-License-Identifier: Apache-2.0
package io.patchbay.hostservice;

import io.patchbay.hostservice.codec.FieldReader;
import io.patchbay.hostservice.codec.FieldWriter;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One host call on its way through a {@link HostMethod}. Reused for the next call: nothing that it hands out may be kept
 * beyond the method's return, and it belongs to the calling thread alone.
 */
@ProviderType
public interface HostCall {
    /**
     * The execution that calls.
     *
     * @return never null
     */
    Execution execution();

    /**
     * The resource that the call names, checked against the grant already.
     *
     * @return as sent, empty for a service without resources, never null
     */
    String resourceRef();

    /**
     * The request's payload, positioned at its first byte. A copy of guest memory: the guest cannot change it any more.
     *
     * @return never null
     */
    FieldReader payload();

    /**
     * Takes the success payload; empty at the start, discarded when the method throws.
     *
     * @return never null
     */
    FieldWriter response();

    /**
     * Tells whether the host service that this call went to is leaving: its bundle stops, or what it needs does. A call that
     * only waits then should wait no longer; the host makes it again when the service is back
     * ({@link HostCallException#recalled}). {@link PluginSlot#call(io.patchbay.provider.Access, HostCall, ProviderCall)} does
     * so by itself.
     *
     * @return true from the moment on in which the service gets no further call
     */
    boolean isRecalled();
}
