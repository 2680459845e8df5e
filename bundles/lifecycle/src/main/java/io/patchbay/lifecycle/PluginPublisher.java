// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.plugin.Plugin;

/** Offers plugins to other bundles, each once, whatever release serves. Thread-safe. */
interface PluginPublisher {
    /** What was published, until withdrawn. */
    interface Publication {
        /** Says that another release serves now. */
        void serves(String version, String digest);

        void withdraw();
    }

    Publication publish(Plugin plugin, String version, String digest);
}
