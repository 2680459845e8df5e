// SPDX-License-Identifier: Apache-2.0
package io.patchbay.tck;

/**
 * A trouble of what stands behind a provider, which a suite can begin and end: a full disk, a server that is away.
 */
public interface Fault {
    /**
     * Begins it; from now on writes cannot be carried out.
     *
     * @throws Exception ends the test
     */
    void begin() throws Exception;

    /**
     * Ends it; the provider recovers without being opened again.
     *
     * @throws Exception ends the test
     */
    void end() throws Exception;
}
