// SPDX-License-Identifier: Apache-2.0

/**
 * The patch bay: slots into which providers of any kind are plugged, and the leases under which they are called.
 *
 * <p>Plain objects do the work ({@link io.patchbay.bay.Bay} downwards); the components only wire them to the framework.
 */
@NullMarked
package io.patchbay.bay;

import org.jspecify.annotations.NullMarked;
