// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.AdminException;
import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.Verb;
import io.patchbay.admin.Verbs;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.RouteContract;
import java.io.PrintStream;
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
        if (arguments.json()) {
            terminal.out().println(Json.text(Json.of(inspection)));
        } else {
            print(inspection, terminal.out());
        }
        return ExitCode.DONE;
    }

    private static void print(ArtifactInspection inspection, PrintStream out) {
        PluginDescriptor plugin = inspection.descriptor();
        out.println(plugin.id() + " " + plugin.version() + "  " + plugin.name());
        if (!plugin.description().isEmpty()) {
            out.println("  " + plugin.description());
        }
        out.println("  artifact   " + inspection.sizeBytes() + " bytes, sha256 " + inspection.digest());
        if (inspection.module().isEmpty()) {
            out.println("  module     none: this artifact has no code");
        }
        inspection.module().ifPresent(module -> print(module, out));
        for (RouteContract route : plugin.routes()) {
            out.println("  route      " + route.method() + " " + route.path() + "  " + route.access()
                    + (route.permission().isEmpty() ? "" : " " + route.permission()) + "  " + route.requestType());
        }
        plugin.lifecycle()
                .forEach(callback ->
                        out.println("  callback   " + callback.operation() + "  " + callback.internalPath()));
        for (RequestedMethod method : inspection.requested()) {
            out.println("  requests   " + method.name()
                    + (method.resources().isEmpty() ? "" : " " + method.resources())
                    + (method.provided() ? "" : "  (unsatisfied: no bundle provides it)"));
        }
        inspection.notes().forEach(note -> out.println("  note       " + note));
    }

    private static void print(ModuleFacts module, PrintStream out) {
        out.println("  module     " + module.functions() + " functions, " + module.codeBytes() + " bytes of code, "
                + module.memoryPages() + " pages of memory at the start");
        module.oversizedFunctions().forEach(function -> out.println("  metered    " + function));
    }
}
