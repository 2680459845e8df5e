// SPDX-License-Identifier: Apache-2.0
package io.patchbay.shell;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.patchbay.admin.AdminException;
import io.patchbay.admin.BindingView;
import io.patchbay.admin.NodeAdmin;
import io.patchbay.admin.PluginAdmin;
import io.patchbay.admin.PluginView;
import io.patchbay.admin.ProviderAdmin;
import io.patchbay.admin.RequestedMethod;
import io.patchbay.admin.VerbCall;
import io.patchbay.admin.VerbResult;
import io.patchbay.admin.VerbStream;
import io.patchbay.shell.Finding.Weight;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code doctor}: what is missing or unsatisfied, what does not work because of it, and what brings it. */
final class DoctorVerb implements VerbHandler {
    private static final String HUGE_METHODS = "-XX:-DontCompileHugeMethods";

    private final FrameworkCheck framework;
    private final NodeAdmin node;
    private final PluginAdmin plugins;
    private final ProviderAdmin providers;

    DoctorVerb(FrameworkCheck framework, NodeAdmin node, PluginAdmin plugins, ProviderAdmin providers) {
        this.framework = framework;
        this.node = node;
        this.plugins = plugins;
        this.providers = providers;
    }

    @Override
    public VerbResult run(VerbCall call, VerbStream stream) {
        // First: components wait for the open folder, and are only then worth a look.
        List<Finding> data = data();
        List<Finding> found = new ArrayList<>(framework.findings());
        found.addAll(virtualMachine(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        found.addAll(data);
        return shown(found);
    }

    static List<Finding> virtualMachine(List<String> arguments) {
        return arguments.contains(HUGE_METHODS)
                ? List.of()
                : List.of(new Finding(
                        Weight.ADVICE,
                        "the JVM runs without " + HUGE_METHODS,
                        "large functions of plugins are interpreted for ever and are slow",
                        "add " + HUGE_METHODS + " to the options of the JVM"));
    }

    /** The data folder, and with it open, what is in it. */
    private List<Finding> data() {
        List<Finding> found = new ArrayList<>();
        try {
            found.addAll(folder(node.open()));
            providers.awaitProviders();
            found.addAll(kinds(providers.bindings("")));
            found.addAll(consent(plugins.plugins()));
        } catch (AdminException e) {
            found.add(new Finding(
                    Weight.HINDERS,
                    "the data folder cannot be used: " + e.getMessage(),
                    "no plugin can be installed, and none is served",
                    "make the folder writable, or name another with --data"));
        }
        return found;
    }

    static List<Finding> folder(Path data) {
        return Files.isWritable(data)
                ? List.of()
                : List.of(new Finding(
                        Weight.HINDERS,
                        "the data folder " + data + " is not writable",
                        "nothing can be installed or changed",
                        "give the user of the node the right to write there"));
    }

    static List<Finding> kinds(List<BindingView> bindings) {
        return bindings.stream()
                .filter(binding -> binding.provider().isEmpty())
                .map(
                        binding -> new Finding(
                                Weight.HINDERS,
                                "nothing serves the kind " + binding.kind(),
                                "plugins that use " + binding.kind() + " get an error",
                                "install a bundle with such a provider; 'providers' shows why those that are there do not serve"))
                .toList();
    }

    static List<Finding> consent(List<PluginView> installed) {
        return installed.stream()
                .filter(plugin -> !plugin.undecided().isEmpty())
                .map(plugin -> new Finding(
                        Weight.CONSENT,
                        plugin.descriptor().id() + " waits for consent: "
                                + plugin.undecided().stream()
                                        .map(RequestedMethod::name)
                                        .collect(Collectors.joining(", ")),
                        "its newest release is not served",
                        "grant " + plugin.descriptor().id() + " all, or the methods that you allow"))
                .toList();
    }

    static VerbResult shown(List<Finding> found) {
        Columns lines = new Columns();
        JsonArray array = new JsonArray();
        Weight gravest = Weight.ADVICE;
        for (Finding finding : found) {
            String weight = finding.weight().name().toLowerCase(Locale.ROOT);
            lines.row(weight, finding.what());
            lines.row("", "because of it: " + finding.effect());
            lines.row("", "what brings it: " + finding.remedy());
            JsonObject row = new JsonObject();
            row.addProperty("weight", weight);
            row.addProperty("what", finding.what());
            row.addProperty("effect", finding.effect());
            row.addProperty("remedy", finding.remedy());
            array.add(row);
            gravest = finding.weight().compareTo(gravest) > 0 ? finding.weight() : gravest;
        }
        JsonObject object = new JsonObject();
        object.add("findings", array);
        int exitCode = switch (gravest) {
            case ADVICE -> ExitCode.DONE;
            case CONSENT -> ExitCode.CONSENT_NEEDED;
            case HINDERS -> ExitCode.UNAVAILABLE;
        };
        return new VerbResult(
                exitCode, found.isEmpty() ? "nothing is missing" : lines.text(), Json.text(object), List.of());
    }
}
