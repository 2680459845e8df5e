// SPDX-License-Identifier: Apache-2.0

/** What a provider of the kind {@code greeting} implements. */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.itests.greeting.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
