// SPDX-License-Identifier: Apache-2.0
package io.patchbay.wasmhost.wasi;

/** The end that an execution must not overrun. Asked by the guest's own thread in every loop that a guest can make long. */
@FunctionalInterface
public interface Deadline {
    /** Returns at once, or ends the guest by an unchecked exception when the deadline has passed. */
    void check();
}
