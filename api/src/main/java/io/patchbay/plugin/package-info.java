// SPDX-License-Identifier: Apache-2.0

/**
 * A plugin as an OSGi service that any bundle calls, and the records of one execution: request, identity, response.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.patchbay.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
