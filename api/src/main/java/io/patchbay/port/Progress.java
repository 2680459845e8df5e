// SPDX-License-Identifier: Apache-2.0
package io.patchbay.port;

import org.osgi.annotation.versioning.ConsumerType;

/** Hears how far a long piece of work is. Called from any thread, quickly, in order. */
@FunctionalInterface
@ConsumerType
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (phase, fraction) -> {};

    /**
     * Reports an advance.
     *
     * @param phase what is being done, for people, such as {@code compiling 1,803 functions}, not null
     * @param fraction 0 to 1 within the phase, or negative when it cannot be told
     */
    void advanced(String phase, double fraction);
}
