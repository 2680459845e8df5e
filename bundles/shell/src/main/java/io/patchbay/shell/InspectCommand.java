// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import java.nio.file.Path;

/** {@code patchbay inspect}: what an artifact is and requests. */
final class InspectCommand implements Command {
    private final PluginAdmin plugins;
    private final Terminal terminal;

    InspectCommand(PluginAdmin plugins, Terminal terminal) {
        this.plugins = plugins;
        this.terminal = terminal;
    }

    @Override
    public Verb verb() {
        return Verbs.INSPECT;
    }

    @Override
    public int run(Arguments arguments) throws AdminException {
        ArtifactInspection inspection = plugins.inspect(Path.of(arguments.positional(0)));
        terminal.out().println(arguments.json() ? Json.text(Json.of(inspection)) : InspectionText.of(inspection));
        return ExitCode.DONE;
    }
}
