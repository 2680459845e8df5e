// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import io.patchbay.admin.AdminException;
import java.util.List;

/** A change of a plugin's durable record, computed while no other change of that plugin can overlap. */
interface Change {
    Changed apply(PluginRecord before) throws AdminException;

    /** How it is written down. */
    interface Recording {
        void record(Registry registry, PluginRecord after, AuditLine line) throws RegistryException;
    }

    /**
     * A change that was computed.
     *
     * @param after the record as it is to be
     * @param what what that means, one line each; empty when it goes without saying
     * @param recording how it is written down
     */
    record Changed(PluginRecord after, List<String> what, Recording recording) {
        public Changed {
            what = List.copyOf(what);
        }

        static Changed to(PluginRecord after, String... what) {
            return new Changed(after, List.of(what), Registry::save);
        }
    }
}
