// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.NodeAdmin;
import java.nio.file.Path;

/** The door to the data folder; with the folder open, the providers are started that wait for it. Thread-safe. */
final class WholeNode implements NodeAdmin {
    private final NodeAdmin node;
    private final StartCommand.Starter starter;

    WholeNode(NodeAdmin node, StartCommand.Starter starter) {
        this.node = node;
        this.starter = starter;
    }

    @Override
    public Path open() throws AdminException {
        Path data = node.open();
        // Where every provider is installed there is no such group, and nothing to do.
        starter.start("providers");
        return data;
    }
}
