// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import java.util.Objects;

/**
 * How the host calls a plugin's code (contract 7.1, 7.3), validated, defaults filled in.
 *
 * @param abiVersion {@code v1}, not null
 * @param runtimeKind {@code wasm}, not null
 * @param routeExecution whether routes and callbacks run code
 * @param requestCodec {@code protobuf} when routes execute, not null
 * @param responseCodec {@code protobuf} when routes execute, not null
 * @param allocExport the guest's export that gives the request buffer, not null
 * @param executeExport the guest's export that runs a request, not null
 */
public record BridgeContract(
        String abiVersion,
        String runtimeKind,
        boolean routeExecution,
        String requestCodec,
        String responseCodec,
        String allocExport,
        String executeExport) {
    /** The default of {@link #allocExport()}. */
    public static final String DEFAULT_ALLOC_EXPORT = "lina_dynamic_route_alloc";
    /** The default of {@link #executeExport()}. */
    public static final String DEFAULT_EXECUTE_EXPORT = "lina_dynamic_route_execute";
    /** The fixed name of the export that gives the host-call response buffer (contract 1.2). */
    public static final String HOST_CALL_ALLOC_EXPORT = "lina_host_call_alloc";

    /** Checks the components. */
    public BridgeContract {
        Objects.requireNonNull(abiVersion, "abiVersion");
        Objects.requireNonNull(runtimeKind, "runtimeKind");
        Objects.requireNonNull(requestCodec, "requestCodec");
        Objects.requireNonNull(responseCodec, "responseCodec");
        Objects.requireNonNull(allocExport, "allocExport");
        Objects.requireNonNull(executeExport, "executeExport");
    }
}
