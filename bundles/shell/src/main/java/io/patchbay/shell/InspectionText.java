// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import io.patchbay.admin.ArtifactInspection;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.port.ModuleFacts;
import io.patchbay.port.PluginDescriptor;
import io.patchbay.port.RouteContract;
import java.util.ArrayList;
import java.util.List;

/** What people read of an artifact. */
final class InspectionText {
    private InspectionText() {}

    static String of(ArtifactInspection inspection) {
        List<String> lines = new ArrayList<>();
        PluginDescriptor plugin = inspection.descriptor();
        lines.add(plugin.id() + " " + plugin.version() + "  " + plugin.name());
        if (!plugin.description().isEmpty()) {
            lines.add("  " + plugin.description());
        }
        lines.add("  artifact   " + inspection.sizeBytes() + " bytes, sha256 " + inspection.digest());
        if (inspection.module().isEmpty()) {
            lines.add("  module     none: this artifact has no code");
        }
        inspection.module().ifPresent(module -> add(module, lines));
        for (RouteContract route : plugin.routes()) {
            lines.add("  route      " + route.method() + " " + route.path() + "  " + route.access()
                    + (route.permission().isEmpty() ? "" : " " + route.permission()) + "  " + route.requestType());
        }
        plugin.lifecycle()
                .forEach(
                        callback -> lines.add("  callback   " + callback.operation() + "  " + callback.internalPath()));
        for (RequestedMethod method : inspection.requested()) {
            lines.add("  requests   " + method.name()
                    + (method.resources().isEmpty() ? "" : " " + method.resources())
                    + (method.provided() ? "" : "  (unsatisfied: no bundle provides it)"));
        }
        inspection.notes().forEach(note -> lines.add("  note       " + note));
        return String.join("\n", lines);
    }

    private static void add(ModuleFacts module, List<String> lines) {
        lines.add("  module     " + module.functions() + " functions, " + module.codeBytes() + " bytes of code, "
                + module.memoryPages() + " pages of memory at the start");
        module.oversizedFunctions().forEach(function -> lines.add("  metered    " + function));
    }
}
