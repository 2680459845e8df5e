// SPDX-License-Identifier: Apache-2.0
package io.patchbay.provider.node;

import io.patchbay.provider.Provider;
import org.osgi.annotation.versioning.ConsumerType;

/** Names this node to plugins. Called on guests' threads, concurrently; a slow look-up is done once and remembered. */
@ConsumerType
public interface NodeProvider extends Provider {
    /** The kind's name. */
    String KIND = "node";

    /**
     * Names the node.
     *
     * @return a non-empty text of at most 255 UTF-8 bytes, never null
     */
    String name();
}
