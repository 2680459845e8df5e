// SPDX-License-Identifier: Apache-2.0

/**
 * The messages of the guest boundary (contract 2 and 9.2): bytes to records and back, with the contract's error texts.
 * {@link io.patchbay.wire.RequestEnvelope} and {@link io.patchbay.wire.ResponseEnvelope} serve the path of a host call
 * and allocate nothing.
 */
@NullMarked
package io.patchbay.wire;

import org.jspecify.annotations.NullMarked;
