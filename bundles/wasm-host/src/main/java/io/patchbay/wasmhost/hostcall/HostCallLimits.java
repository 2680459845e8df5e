// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.hostcall;

/**
 * What one execution may ask of the host (DESIGN 4).
 *
 * @param calls host calls; the next one ends the execution
 * @param requestBytes the largest request, in bytes
 * @param responseBytes the largest response, in bytes
 */
public record HostCallLimits(long calls, int requestBytes, int responseBytes) {
    /** 100,000 calls of 4 MiB each way. */
    public static final HostCallLimits DEFAULT = new HostCallLimits(100_000, 4 << 20, 4 << 20);

    /** Checks the ranges. */
    public HostCallLimits {
        if (calls < 0 || requestBytes < 0 || responseBytes < 0) {
            throw new IllegalArgumentException(
                    "limits of host calls are not negative: " + calls + ", " + requestBytes + ", " + responseBytes);
        }
    }
}
