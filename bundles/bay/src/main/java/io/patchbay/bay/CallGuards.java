// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

/** Makes the guard of each provider when it comes. */
@FunctionalInterface
interface CallGuards {
    CallGuard guardOf(String kind, String provider, BaySettings settings);
}
