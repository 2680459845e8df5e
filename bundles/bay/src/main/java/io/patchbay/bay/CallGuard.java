// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

/**
 * Stands in front of one provider and may refuse calls while it fails: the place of a circuit breaker. One object per
 * provider, thread-safe, on the path of every call.
 */
interface CallGuard {
    /** Lets every call pass. */
    CallGuard NONE = new CallGuard() {
        @Override
        public boolean permits() {
            return true;
        }

        @Override
        public void succeeded() {}

        @Override
        public void failed() {}

        @Override
        public void away() {}
    };

    /** Whether a call may go to the provider now; each permission is followed by one outcome. */
    boolean permits();

    /** The provider answered, be it with the checked exception of its SPI. */
    void succeeded();

    /** The provider threw something else, answered null, or overstayed. */
    void failed();

    /** The provider said that what stands behind it is away, which says nothing of the provider. */
    void away();

    /** Why some calls are refused now, for people; empty when all pass. */
    default String trouble() {
        return "";
    }

    /** How often it began to refuse calls. */
    default long opened() {
        return 0;
    }
}
