// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider;

/** Which calls to a provider may wait for I/O and must therefore not run on a guest's thread. */
public enum Blocking {
    /** No call waits: everything is answered from memory. */
    NONE,
    /** Calls that change something may wait; calls that only read do not. */
    WRITES,
    /** Every call may wait. */
    ALL;

    /**
     * Tells whether a call with the given access may wait.
     *
     * @param access what the call does, not null
     * @return true when it must run on the pool
     */
    public boolean blocks(Access access) {
        return this == ALL || (this == WRITES && access == Access.WRITE);
    }
}
