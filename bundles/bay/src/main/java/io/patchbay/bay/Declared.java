// SPDX-License-Identifier: Apache-2.0
package io.patchbay.bay;

import io.patchbay.admin.ProviderView;

/**
 * A provider that a bundle brings and that is not there.
 *
 * @param traits what it says of itself; its service id is of no service
 * @param state {@code UNCONFIGURED}, {@code WAITING} or {@code FAILED}
 * @param detail what it lacks and what to do, or how it failed
 */
record Declared(ProviderTraits traits, ProviderView.State state, String detail) {}
