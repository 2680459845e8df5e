// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.AdminException.Problem;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import java.util.List;
import java.util.Optional;

/** The installed plugins, one of which an operator names. */
final class KnownPlugins {
    private static final int QUOTED = 64;

    private final PluginAdmin plugins;

    KnownPlugins(PluginAdmin plugins) {
        this.plugins = plugins;
    }

    /**
     * The plugin of this id.
     *
     * @throws AdminException {@code INPUT}, with the ids that there are
     */
    PluginView require(String id) throws AdminException {
        Optional<PluginView> known = plugins.plugin(id);
        if (known.isPresent()) {
            return known.get();
        }
        List<String> ids = plugins.plugins().stream()
                .map(plugin -> plugin.descriptor().id())
                .toList();
        throw new AdminException(
                Problem.INPUT,
                "there is no plugin '" + Visible.of(id, QUOTED) + "' on this node; "
                        + (ids.isEmpty()
                                ? "none is installed, patchbay run ARTIFACT installs one"
                                : "there are: " + String.join(", ", ids)));
    }
}
