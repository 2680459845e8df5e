// SPDX-License-Identifier: Apache-2.0
package io.patchbay.lifecycle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** What is configured now, as Config Admin has it. */
interface Configurations {
    /** Names the file that a configuration stands in; whoever watches the folder finds it by that. */
    String FILE_PROPERTY = "felix.fileinstall.filename";

    /** Everything by PID; of a factory, {@code FACTORY~NAME}. The maps may be changed. */
    Map<String, Map<String, Object>> all() throws IOException;

    /** Makes or replaces one. */
    void update(String pid, Map<String, Object> values, Path file) throws IOException;

    /** Removes one, if it is there. */
    void delete(String pid) throws IOException;
}
