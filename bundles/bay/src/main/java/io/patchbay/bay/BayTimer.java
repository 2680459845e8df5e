// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import java.time.Duration;

/** Runs something later, on a thread of the patch bay. */
@FunctionalInterface
interface BayTimer {
    void after(Duration delay, Runnable task);
}
