// SPDX-License-Identifier: Apache-2.0
package io.patchbay.admin;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The policy file of this node: what is granted in advance.
 *
 * @param file where it lies, or would lie, not null
 * @param problem why it grants nothing although it is there; empty when it is in order or not there, not null
 * @param rules what it grants, in its order, not null
 */
public record PolicyView(Path file, String problem, List<Rule> rules) {
    /** Checks the components and copies the list. */
    public PolicyView {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(problem, "problem");
        rules = List.copyOf(rules);
    }

    /**
     * One rule.
     *
     * @param digest the artifact it is for; empty when it is for a plugin, not null
     * @param pluginId the plugin it is for; empty when it is for an artifact, not null
     * @param everything whether it grants all that the artifact requests
     * @param methods the methods that it grants, {@code service.method}, sorted, not null
     */
    public record Rule(String digest, String pluginId, boolean everything, List<String> methods) {
        /** Checks the components and copies the list. */
        public Rule {
            Objects.requireNonNull(digest, "digest");
            Objects.requireNonNull(pluginId, "pluginId");
            methods = List.copyOf(methods);
        }
    }
}
