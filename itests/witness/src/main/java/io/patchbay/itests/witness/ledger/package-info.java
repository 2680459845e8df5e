// SPDX-License-Identifier: Apache-2.0

/** How a provider notes that it was called while it was stopped. */
@NullMarked
package io.patchbay.itests.witness.ledger;

import org.jspecify.annotations.NullMarked;
