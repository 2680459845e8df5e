// SPDX-License-Identifier: Apache-2.0
package io.patchbay.deploy;

import org.osgi.framework.Version;

/**
 * An installed bundle whose header says that it carries a plugin.
 *
 * @param symbolicName not null
 * @param version of the bundle, not null
 * @param bundleId in this framework
 * @param modified when it was installed or updated last, as the framework counts
 * @param path the value of the header, not null
 * @param started whether its plugin is to be served
 */
record Carrier(String symbolicName, Version version, long bundleId, long modified, String path, boolean started) {
    /** Names this content of this bundle among all that were there. */
    String content() {
        return bundleId + " " + modified + " " + path;
    }
}
