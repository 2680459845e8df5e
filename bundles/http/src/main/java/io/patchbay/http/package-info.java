// SPDX-License-Identifier: Apache-2.0

/** The administration over HTTP, {@code /patchbay/v1}: the verbs, health, figures, and the description of it all. */
@NullMarked
package io.patchbay.http;

import org.jspecify.annotations.NullMarked;
