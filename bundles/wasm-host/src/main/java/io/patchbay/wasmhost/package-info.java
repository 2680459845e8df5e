// SPDX-License-Identifier: Apache-2.0

/** The bundle's place in the framework: settings in, the engine out. */
@NullMarked
package io.patchbay.wasmhost;

import org.jspecify.annotations.NullMarked;
