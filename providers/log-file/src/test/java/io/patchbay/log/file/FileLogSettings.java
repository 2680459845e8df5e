// SPDX-License-Identifier: Apache-2.0
package io.patchbay.log.file;

import io.patchbay.tck.Configurations;
import java.util.HashMap;
import java.util.Map;

/** What an operator sets; the rest has the defaults. */
record FileLogSettings(Map<String, Object> values) {
    FileLogSettings() {
        this(Map.of());
    }

    FileLogSettings with(String name, Object value) {
        Map<String, Object> more = new HashMap<>(values);
        more.put(name, value);
        return new FileLogSettings(more);
    }

    FileLogSettings withSizes(long maxFile, int keep, long all) {
        return with("max_file_bytes", maxFile).with("keep", keep).with("keep_bytes", all);
    }

    FileLogConfiguration configuration() {
        return Configurations.of(FileLogConfiguration.class, values);
    }
}
