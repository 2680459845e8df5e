// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

/** Where events go. Called from any thread, never with a lock of the patch bay held. */
@FunctionalInterface
interface EventSink {
    void post(BayEvent event);
}
