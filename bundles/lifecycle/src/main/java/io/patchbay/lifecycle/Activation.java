// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

/** Whether an operator wants a plugin to serve. */
enum Activation {
    /** Installed and never switched on. */
    NEW,
    /** Switched on. */
    ENABLED,
    /** Switched off by an operator, or by the engine. */
    DISABLED
}
