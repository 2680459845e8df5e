// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** Registered as an OSGi service by every bundle that counts something. Called from any thread, rarely. */
@ConsumerType
public interface MetricSource {
    /**
     * Reads the values now.
     *
     * @return never null
     */
    List<Metric> metrics();
}
